package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.bench.measure.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code food bench worker}: one measurement, in the process that {@code food bench} starts. */
@Command(
    name = BenchWorkerCommand.NAME,
    hidden = true,
    description = "Takes one measurement for food bench; not for use by hand.",
    footer = "  food bench worker TASK")
public final class BenchWorkerCommand implements Callable<Integer> {
  static final String NAME = "worker";

  @Parameters(paramLabel = "TASK", description = "Directory of the task.")
  private Path task;

  @Override
  public Integer call() throws IOException {
    Worker.run(task);
    return 0;
  }
}
