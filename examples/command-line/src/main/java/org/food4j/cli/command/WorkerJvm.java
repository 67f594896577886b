package org.food4j.cli.command;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.food4j.bench.measure.WorkerLauncher;

/** Starts {@code food bench worker} on the Java, the class path and the options of this process. */
final class WorkerJvm implements WorkerLauncher {
  /** Agents watch one process, a port has one listener, a log file and the terminal one writer. */
  private static final List<String> OF_ONE =
      List.of(
          "-agent",
          "-javaagent",
          "-Dcom.sun.management.",
          "-Xlog",
          "-XX:StartFlightRecording",
          "-Dfood.terminal");

  /** ND4J's backend for GPUs, its bindings of CUDA, and CUDA itself. */
  private static final Pattern CUDA_OF_ND4J = Pattern.compile("(nd4j-cuda|cuda)-\\d.*\\.jar");

  private final Class<?> main;
  private final List<String> arguments;

  /**
   * @param main the {@code food} command
   * @param arguments of the command after the task
   */
  WorkerJvm(Class<?> main, List<String> arguments) {
    this.main = main;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public Process start(Path task, boolean tensors, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(List.of(main.getName(), "bench", BenchWorkerCommand.NAME));
    command.add(task.toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(task.resolve("task.json").toFile()));
    builder.environment().putAll(environment);
    // In the environment rather than on the command line: 13 KB long.
    String classPath = System.getProperty("java.class.path");
    builder.environment().put("CLASSPATH", tensors ? classPath : withoutCudaOfNd4j(classPath));
    return builder.start();
  }

  /** For ONNX Runtime, which wants another CUDA. */
  static String withoutCudaOfNd4j(String classPath) {
    return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
        .filter(entry -> !CUDA_OF_ND4J.matcher(new File(entry).getName()).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> options() {
    return shared(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** Memory limits and the like, not what two processes cannot both have. */
  static List<String> shared(List<String> options) {
    return options.stream()
        .filter(option -> OF_ONE.stream().noneMatch(option::startsWith))
        .toList();
  }
}
