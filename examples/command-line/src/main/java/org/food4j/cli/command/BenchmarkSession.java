package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.compare.RepeatedBenchmark;
import org.food4j.bench.measure.BenchmarkEnvironment;
import org.food4j.bench.measure.Measurer;
import org.food4j.bench.measure.ModelBenchmark;
import org.food4j.bench.measure.Subject;
import org.food4j.bench.report.BenchmarkReport;
import org.food4j.bench.report.RepeatedVerdict;
import org.food4j.bench.report.Verdicts;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.ResultRow;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.page.Section;

/**
 * One benchmark on the terminal, written to its directory.
 *
 * @param subjects what is measured
 * @param photos that all are asked about
 * @param settings how much is measured
 * @param reference the name of the model that others are held against
 * @param before an earlier benchmark that this one repeats
 * @param measurer takes the measurements
 */
record BenchmarkSession(
    List<Subject> subjects,
    BenchmarkPhotos photos,
    BenchmarkSettings settings,
    String reference,
    Optional<Benchmark> before,
    Measurer measurer) {

  /**
   * What came out.
   *
   * @param repetition how it compares with the benchmark that it repeats, in words
   * @param sections the benchmark's part of a report
   */
  record Outcome(
      BenchmarkDirectory directory,
      List<ResultRow> rows,
      Verdicts verdicts,
      Optional<String> repetition,
      List<Section> sections) {}

  /** Measures, and writes results and report. */
  Outcome run(Terminal terminal, Path out) throws IOException {
    DirectoryLock lock = OutputLock.take(out, "measures into");
    try {
      BenchmarkDirectory directory = BenchmarkDirectory.prepare(out);
      Benchmark now = measured(terminal, sourceName(out));
      return write(
          before.map(earlier -> RepeatedBenchmark.of(earlier, now)).orElse(now), directory);
    } finally {
      lock.close();
    }
  }

  private Benchmark measured(Terminal terminal, String sourceName) throws IOException {
    Map<String, String> environment = BenchmarkEnvironment.facts(settings);
    try (Progress progress = terminal.progress("Measuring", 0, "rounds")) {
      return new ModelBenchmark(settings, measurer)
          .run(subjects, photos, sourceName, environment, reference, progress::update);
    }
  }

  /** Writes a benchmark, however it was come by. */
  static Outcome write(Benchmark benchmark, BenchmarkDirectory directory) throws IOException {
    List<ResultRow> figures = Comparison.rows(benchmark);
    List<ResultRow> rows =
        benchmark.repetition().map(again -> again.annotated(figures)).orElse(figures);
    BenchmarkReport report = new BenchmarkReport(benchmark);
    // First what cannot be made again without measuring again.
    directory.write(benchmark, rows);
    report.write(directory);
    return new Outcome(
        directory, rows, new Verdicts(benchmark), RepeatedVerdict.of(benchmark), report.sections());
  }

  private static String sourceName(Path out) {
    return String.valueOf(out.toAbsolutePath().normalize().getFileName());
  }
}
