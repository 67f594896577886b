package org.food4j.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.Csv;
import org.food4j.data.file.OutputDirectory;

/** The files of a benchmark; the package's description names them. */
public final class BenchmarkDirectory {
  private static final String RESULTS = "results.json";
  private static final String FORMAT = "food4j-benchmark";
  private static final List<String> COLUMNS =
      List.of(
          "model",
          "runtime",
          "form",
          "top1",
          "top5",
          "batch",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "photos_per_second",
          "bytes");
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Path directory;

  private BenchmarkDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes a directory for results: a new or empty one, or one that holds a benchmark already, which
   * is replaced file by file.
   *
   * @throws IllegalArgumentException if something else lies there
   */
  public static BenchmarkDirectory prepare(Path directory) throws IOException {
    if (!OutputDirectory.isFree(directory) && !isOwn(directory)) {
      throw new IllegalArgumentException(
          directory
              + " holds files that are not a benchmark; name another directory, nothing is overwritten");
    }
    Files.createDirectories(directory);
    return new BenchmarkDirectory(directory);
  }

  /** Others have files named results.json too: what it says decides. */
  private static boolean isOwn(Path directory) throws IOException {
    Path results = directory.resolve(RESULTS);
    if (!Files.isRegularFile(results)) {
      return false;
    }
    try {
      return FORMAT.equals(JSON.readTree(results.toFile()).path("format").asText());
    } catch (JsonProcessingException e) {
      return false; // not even JSON
    }
  }

  /** Where the page belongs. */
  public Path report() {
    return directory.resolve("report.html");
  }

  /**
   * Writes {@code results.csv}, then {@code results.json}.
   *
   * @param environment versions and hardware, in order
   * @param dataset fingerprint of the photos that accuracy was measured on
   */
  public void write(List<LatencyRow> rows, Map<String, String> environment, String dataset)
      throws IOException {
    AtomicFile.write(directory.resolve("results.csv"), csv(rows));
    List<RawRow> raw =
        rows.stream().map(row -> new RawRow(ResultRow.of(row), row.samplesMs())).toList();
    AtomicFile.write(
        directory.resolve(RESULTS),
        JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(new Document(FORMAT, 1, environment, dataset, raw))
            + "\n");
  }

  private static String csv(List<LatencyRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS);
    for (LatencyRow row : rows) {
      ResultRow r = ResultRow.of(row);
      lines.add(
          List.of(
              r.model(),
              r.runtime(),
              r.form(),
              decimals(6, r.top1()),
              decimals(6, r.top5()),
              Integer.toString(r.batch()),
              decimals(3, r.p50Ms()),
              decimals(3, r.p95Ms()),
              decimals(3, r.p99Ms()),
              decimals(2, r.photosPerSecond()),
              Long.toString(r.bytes())));
    }
    return Csv.write(lines);
  }

  private static String decimals(int places, double value) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }

  private record RawRow(
      @com.fasterxml.jackson.annotation.JsonUnwrapped ResultRow figures, List<Double> samplesMs) {}

  private record Document(
      String format,
      int version,
      Map<String, String> environment,
      String dataset,
      List<RawRow> results) {}
}
