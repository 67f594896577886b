package org.food4j.server.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The server as it is run: in a process of its own, with the heap of a container. */
public final class ServerProcess implements AutoCloseable {
  /** Java's options, those of food serve; {@code -Dfood4j.server.flags} names others. */
  private static final String FLAGS =
      System.getProperty(
          "food4j.server.flags",
          "-Xms96m -Xmn64m -Xmx320m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:+UseSerialGC");

  private static final Pattern READY = Pattern.compile("Serving .* on (http://\\S+), ready");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final Thread reader;

  /**
   * Starts it, and returns once it is ready.
   *
   * @param log takes the lines of requests
   * @param options of the command, besides model and port
   */
  public ServerProcess(Path model, Path log, String... options) throws IOException {
    this(model, log, List.of(), options);
  }

  /** The same with more options of Java. */
  public ServerProcess(Path model, Path log, List<String> flags, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(FLAGS.split(" ")));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), "org.food4j.server.Main"));
    command.addAll(List.of("--model", "food=" + model, "--port", "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(log.toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "2"); // as food serve sets it
    process = builder.start();
    reader = new Thread(this::read, "server's log");
    reader.setDaemon(true);
    reader.start();
    try {
      address.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      close();
      throw new IOException("The server did not start: " + lines, e);
    }
  }

  /** Without the tests' own classes and their settings of the log. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          address.complete(URI.create(ready.group(1)));
        }
      }
    } catch (IOException e) {
      lines.add("The log cannot be read: " + e);
    }
    address.completeExceptionally(new IOException("the process has ended"));
  }

  /** Where it listens. */
  public URI address() {
    return address.join();
  }

  /** What it said to people, without the requests. */
  public List<String> lines() {
    return lines;
  }

  /** Memory that it has in use, MiB. */
  public double residentMib() {
    try {
      Matcher resident =
          RESIDENT.matcher(
              Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
      if (!resident.find()) {
        throw new IllegalStateException("The process has no memory: it has ended");
      }
      return Long.parseLong(resident.group(1)) / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Heap that is in use after a collection, MiB. */
  public double liveHeapMib() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collection =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (collection.waitFor() != 0) {
      throw new IOException("jcmd did not run");
    }
    return RawClient.get(address(), "/metrics")
            .text()
            .lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        / (1 << 20);
  }

  /** Processor time that it has used, seconds. */
  public double processorSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The server does not end: " + lines);
    }
    reader.join(10_000);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
