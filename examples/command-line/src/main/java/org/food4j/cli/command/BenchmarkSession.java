package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.food4j.bench.compare.Agreement;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.measure.LatencyBenchmark;
import org.food4j.bench.report.AgreementSection;
import org.food4j.bench.report.LatencySection;
import org.food4j.bench.report.Verdict;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.bench.result.LatencyRow;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.run.Provenance;
import org.food4j.train.run.TrainedModel;

/** One benchmark on the terminal, written to its directory. */
final class BenchmarkSession {
  private final Terminal terminal;
  private final List<Path> models;
  private final Dataset dataset;
  private final List<ManifestEntry> photos;
  private final Path out;

  BenchmarkSession(
      Terminal terminal, List<Path> models, Dataset dataset, List<ManifestEntry> photos, Path out) {
    this.terminal = terminal;
    this.models = List.copyOf(models);
    this.dataset = dataset;
    this.photos = List.copyOf(photos);
    this.out = out;
  }

  /**
   * What came out.
   *
   * @param sections the benchmark's part of a report
   */
  record Outcome(BenchmarkDirectory directory, List<LatencyRow> rows, List<Section> sections) {
    String verdict() {
      return Verdict.of(rows);
    }
  }

  Outcome run() throws IOException {
    BenchmarkDirectory directory = BenchmarkDirectory.prepare(out);
    List<LatencyBenchmark.Result> results;
    try (Progress progress = terminal.progress("Measuring", 0, "rounds")) {
      results =
          LatencyBenchmark.STANDARD.run(
              models, dataset, photos, new NativePhotoDecoder(), progress::update);
    }
    List<LatencyRow> rows = results.stream().flatMap(r -> r.rows().stream()).toList();
    Map<String, String> environment = Provenance.environment();
    directory.write(rows, environment, dataset.fingerprint());
    List<Section> sections = new ArrayList<>();
    sections.add(LatencySection.of(rows));
    // a run and what was exported from it have one card, provenance included
    if (models.size() == 2
        && TrainedModel.readCard(models.get(0)).equals(TrainedModel.readCard(models.get(1)))) {
      sections.add(
          AgreementSection.of(
              Agreement.of(results.get(0).scores(), results.get(1).scores()),
              ExportCheck.TOLERANCE));
    }
    sections.add(
        Section.ofFacts(
            "environment",
            "Environment",
            "Where it was measured; times hold for this machine.",
            "Property",
            environment));
    new HtmlPage(
            "Benchmark", "%d models, %d photos".formatted(models.size(), photos.size()), sections)
        .write(directory.report());
    return new Outcome(directory, rows, sections);
  }
}
