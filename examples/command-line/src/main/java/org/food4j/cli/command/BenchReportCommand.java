package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.bench.compare.MergedBenchmark;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food bench report}: benchmarks of several machines or processes as one. */
@Command(
    name = "report",
    description = {
      "Merges benchmark directories into one, with one report: a CPU here, a GPU there.",
      "They must be about the same photos. Nothing is measured; of one directory it writes the"
          + " report again."
    },
    footer = "  food bench report bench-cpu bench-gpu --out both --reference model.onnx")
public final class BenchReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Directories that food bench wrote; the first one's reference is kept.")
  private List<Path> directories;

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description = "The model that others are held against, as results name it.")
  private String reference;

  @Mixin private JointReportOptions joint;

  /** Prints to this terminal. */
  public BenchReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path out = joint.out();
    PathArguments.requireEachOnce("DIR", directories);
    List<Benchmark> benchmarks = new ArrayList<>();
    for (Path directory : directories) {
      if (PathArguments.areSame(directory, out)) {
        // Writing begins with taking the old results away, which took long to measure.
        throw new UsageException("--out would replace a benchmark that is reported: " + out);
      }
      benchmarks.add(BenchmarkDirectory.read(directory));
    }
    Benchmark merged = MergedBenchmark.of(benchmarks);
    if (reference != null) {
      merged = withReference(merged, reference);
    }
    DirectoryLock lock = OutputLock.take(out, "measures into");
    try {
      BenchmarkDirectory directory = BenchmarkDirectory.prepare(out);
      BenchCommand.print(terminal, joint.json(), BenchmarkSession.write(merged, directory));
    } finally {
      lock.close();
    }
    return 0;
  }

  private static Benchmark withReference(Benchmark benchmark, String name) {
    try {
      return benchmark.withReference(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--reference: " + e.getMessage(), e);
    }
  }
}
