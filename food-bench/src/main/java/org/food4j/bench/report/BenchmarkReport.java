package org.food4j.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;

/** A benchmark for people: {@code report.html} and {@code report.md}. */
public final class BenchmarkReport {
  private static final String TITLE = "Benchmark";

  private final Benchmark benchmark;
  private final List<Part> parts = new ArrayList<>();

  /** The report of a benchmark. */
  public BenchmarkReport(Benchmark benchmark) {
    this.benchmark = benchmark;
    List<Comparison> comparisons = Comparison.all(benchmark);
    ReportNames names = new ReportNames(benchmark);
    benchmark
        .repetition()
        .ifPresent(again -> parts.add(RepetitionPart.of(benchmark, again, names)));
    List<String> verdicts = new Verdicts(benchmark, comparisons, names).sentences();
    Part verdict = new Part("verdict", "Verdict");
    parts.add(verdicts.size() == 1 ? verdict.verdict(verdicts.get(0)) : verdict.list(verdicts));
    parts.add(ParetoPart.of(benchmark, names));
    parts.add(LatencyPart.of(benchmark, comparisons, names));
    parts.add(AgreementPart.of(benchmark, comparisons, names));
    parts.add(FootprintPart.of(benchmark, names));
    parts.add(EnvironmentPart.of(benchmark));
  }

  /** The parts as sections of a page. */
  public List<Section> sections() {
    return parts.stream().map(Part::section).toList();
  }

  /** Writes both files. */
  public void write(BenchmarkDirectory directory) throws IOException {
    new HtmlPage(TITLE, subtitle(), sections()).write(directory.report());
    StringBuilder text = new StringBuilder("# " + TITLE + "\n\n" + subtitle() + "\n\n");
    parts.forEach(part -> text.append(part.markdown()));
    AtomicFile.write(directory.markdown(), text.toString().replace('\u00a0', ' '));
  }

  private String subtitle() {
    BenchmarkPhotos photos = benchmark.photos();
    return "%s, %s of %s"
        .formatted(
            EnvironmentPart.counted(benchmark.models().size(), "model"),
            EnvironmentPart.counted(photos.questions().size(), photos.split().key() + " photo"),
            photos.directory());
  }
}
