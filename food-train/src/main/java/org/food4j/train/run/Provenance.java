package org.food4j.train.run;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.models.layer.NativeEngine;

/**
 * Where a run comes from: the content of {@code provenance.json}.
 *
 * @param facts in order; keys are snake_case
 */
public record Provenance(Map<String, String> facts) {
  /** The key of the dataset directory's absolute path. */
  public static final String DATASET = "dataset";

  /** The key of the data set's fingerprint. */
  public static final String FINGERPRINT = "dataset_fingerprint";

  private static final String DL4J_PROPERTIES =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Copies the facts, in their order. */
  public Provenance {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * This machine, these versions, this data set.
   *
   * @param network where the network comes from
   */
  public static Provenance of(Dataset dataset, long seed, Map<String, String> network) {
    Map<String, String> facts = new LinkedHashMap<>(environment());
    facts.put("seed", Long.toString(seed));
    facts.put(DATASET, dataset.directory().toAbsolutePath().normalize().toString());
    facts.put(FINGERPRINT, dataset.fingerprint());
    facts.putAll(network);
    gitCommit().ifPresent(commit -> facts.put("git_commit", commit));
    return new Provenance(facts);
  }

  /** Versions and hardware, for any measurement that is to be understood later. */
  public static Map<String, String> environment() {
    NativeEngine engine = NativeEngine.start();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("food4j", ownVersion());
    facts.put("dl4j", dl4jVersion());
    facts.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
    facts.put("engine", engine.description());
    facts.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cpu", cpu());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory_gib", memoryGib());
    return facts;
  }

  private static String ownVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged build" : version;
  }

  /** DL4J's manifest names no version; what Maven leaves in the jar does. */
  private static String dl4jVersion() {
    Properties properties = new Properties();
    try (InputStream resource = ComputationGraph.class.getResourceAsStream(DL4J_PROPERTIES)) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
    return properties.getProperty("version", "unknown");
  }

  private static String cpu() {
    if (Files.isReadable(CPU_INFO)) {
      try (var lines = Files.lines(CPU_INFO)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
      } catch (IOException e) {
        return "unknown: " + e.getMessage();
      }
    }
    return "unknown";
  }

  private static String memoryGib() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean memory
        ? String.format(Locale.ROOT, "%.1f", memory.getTotalMemorySize() / 0x1p30)
        : "unknown";
  }

  /** The commit of the repository that the process was started in; absent outside one. */
  private static Optional<String> gitCommit() {
    try {
      return answer(new ProcessBuilder("git", "rev-parse", "HEAD"), Duration.ofSeconds(5));
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    }
  }

  /**
   * What a command prints, which must fit the pipe's buffer (a few kB): it is read after the end,
   * so that the limit holds for a command that hangs. Absent if it fails or is not done in time.
   */
  static Optional<String> answer(ProcessBuilder command, Duration limit) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      byte[] output = process.getInputStream().readAllBytes();
      return Optional.of(new String(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
