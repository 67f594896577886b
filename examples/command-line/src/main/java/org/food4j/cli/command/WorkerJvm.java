package org.food4j.cli.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  public Process start(Path task, Map<String, String> environment, Path log) throws IOException {
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
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
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
