package org.food4j.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.food4j.bench.Measured;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.compare.RepeatedBenchmark;
import org.food4j.data.manifest.Labels;
import org.food4j.models.inference.ForeignModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkDirectoryTest {
  private static final ForeignModel SAID =
      ForeignModel.UNSAID
          .withLabels(Labels.of(List.of("pizza", "tart")))
          .withImagenetPreprocessing()
          .withOutput("scores");

  private static final Benchmark BENCHMARK =
      Measured.benchmark(
          Measured.of("a,\"b\"", "dl4j", Map.of(8, 8.0)),
          Measured.of("int8.onnx", "onnx int8", Map.of(1, 2.0)).withWrong(44),
          Measured.of("foreign.onnx", "onnx float32", Map.of(1, 3.0)).saying(SAID));

  @TempDir Path folder;

  private void write() throws Exception {
    BenchmarkDirectory.prepare(folder).write(BENCHMARK, Comparison.rows(BENCHMARK));
  }

  @Test
  void read_ofWhatWasWritten_isTheSame() throws Exception {
    write();
    Benchmark read = BenchmarkDirectory.read(folder);
    assertThat(read.sources()).isEqualTo(BENCHMARK.sources());
    assertThat(read.photos()).isEqualTo(BENCHMARK.photos());
    assertThat(read.reference()).isZero();
    assertThat(read.models())
        .usingRecursiveComparison()
        .isEqualTo(BENCHMARK.models()); // logits and all
  }

  @Test
  void results_ofABenchmark_holdFiguresAndRawSamples() throws Exception {
    write();
    JsonNode results = new JsonMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(results.get("dataset").asText()).isEqualTo("f00d");
    assertThat(results.at("/sources/0/environment/cpu").asText()).isEqualTo("of here");
    assertThat(results.at("/models/0/batches/0/samples_ms")).hasSize(2);
    assertThat(results.at("/models/0/batches/0/samples_ms/1")).hasSize(21);
    JsonNode row = results.at("/results/0");
    assertThat(row.get("p50_ms").asDouble()).isEqualTo(8.004);
    assertThat(row.has("snr_decibels")).isFalse(); // infinite, which JSON is not
    assertThat(results.at("/results/1/snr_decibels").asDouble()).isBetween(13.9, 14.0);
  }

  @Test
  void csv_inAnyLocale_isQuotedWithDecimalPoints() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      write();
    } finally {
      Locale.setDefault(before);
    }
    List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith("model,runtime,form,top1,top5,batch,p50_ms,p95_ms,p99_ms,photos_per_second");
    assertThat(lines.get(1))
        .startsWith(
            "\"a,\"\"b\"\"\",DL4J,dl4j,0.800000,1.00000,8,8.00400,8.00760,8.00800,999.500,");
    assertThat(lines.get(2))
        .contains(",13.9794,,,,,,,21.0000,3000000"); // no common batch, no speed-up
  }

  @Test
  void read_withoutABenchmark_saysWhatToDo() {
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("holds no results.json");
  }

  @Test
  void read_ofAnotherVersion_isRefused() throws Exception {
    Files.writeString(
        folder.resolve("results.json"), "{\"format\": \"food4j-benchmark\", \"version\": 1}");
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("version 1; this Food4J reads food4j-benchmark, version 3");
  }

  @Test
  void read_ofDamagedFiles_namesTheDirectory() throws Exception {
    write();
    Files.write(folder.resolve("logits-2.npy"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("logits-2.npy: not a NumPy array");
    Files.writeString(folder.resolve("photos.csv"), "path,label\n1.jpg,soup\n");
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("photos.csv has the label soup");
    String results = Files.readString(folder.resolve("results.json"));
    Files.writeString(folder.resolve("results.json"), results.replace("\"sha256\"", "\"sha\""));
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void read_ofARepetition_tellsItAgain() throws Exception {
    Benchmark before =
        Measured.benchmark(
            Measured.of("a,\"b\"", "dl4j", Map.of(8, 9.0)),
            Measured.of("int8.onnx", "onnx int8", Map.of(1, 2.0)),
            Measured.of("foreign.onnx", "onnx float32", Map.of(1, 3.0)).saying(SAID));
    Benchmark again = RepeatedBenchmark.of(before, BENCHMARK);
    BenchmarkDirectory.prepare(folder).write(again, Comparison.rows(again));
    Benchmark read = BenchmarkDirectory.read(folder);
    assertThat(again.repetition().orElseThrow().lines()).hasSize(3);
    assertThat(read.repetition()).usingRecursiveComparison().isEqualTo(again.repetition());
    write();
    assertThat(BenchmarkDirectory.read(folder).repetition()).isEmpty();
  }

  @Test
  void read_ofSomethingElseSaid_isDamagedAsTheRest() throws Exception {
    write();
    Path results = folder.resolve("results.json");
    String text = Files.readString(results);
    Files.writeString(results, text.replaceFirst("\"size_from_file\"", "\"size\""));
    assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
        .isInstanceOf(BenchmarkException.class)
        .hasMessageContaining("it is damaged")
        .hasMessageContaining("not [size]");
  }

  @Test
  void read_ofNullsInLists_isDamagedAsTheRest() throws Exception {
    write();
    Path results = folder.resolve("results.json");
    String text = Files.readString(results);
    for (String list : List.of("models", "sources", "load_ms", "batches", "samples_ms")) {
      Files.writeString(results, text.replaceFirst("\"%s\" : \\[".formatted(list), "$0 null, "));
      assertThatThrownBy(() -> BenchmarkDirectory.read(folder))
          .as(list)
          .isInstanceOf(BenchmarkException.class)
          .hasMessageContaining("results.json cannot be read");
    }
  }

  @Test
  void prepare_whereOthersReportsAre_isRefused() throws Exception {
    Files.writeString(folder.resolve("report.html"), "mine");
    Files.writeString(folder.resolve("results.csv"), "mine");
    assertThatThrownBy(() -> BenchmarkDirectory.prepare(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is overwritten");
  }

  @Test
  void prepare_whereOthersFilesAre_isRefused() throws Exception {
    Files.writeString(folder.resolve("letter.txt"), "mine");
    assertThatThrownBy(() -> BenchmarkDirectory.prepare(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is overwritten");
  }

  @Test
  void prepare_whereSomebodyElsesResultsAre_isRefused() throws Exception {
    Path results = Files.writeString(folder.resolve("results.json"), "{\"mine\": true}");
    assertThatThrownBy(() -> BenchmarkDirectory.prepare(folder))
        .isInstanceOf(IllegalArgumentException.class);
    Files.writeString(results, "not JSON");
    assertThatThrownBy(() -> BenchmarkDirectory.prepare(folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void prepare_ofAnEarlierBenchmark_isAllowed() throws Exception {
    write();
    assertThat(BenchmarkDirectory.prepare(folder).report())
        .isEqualTo(folder.resolve("report.html"));
  }

  @Test
  void write_overALargerBenchmark_leavesNothingOfIt() throws Exception {
    write();
    Benchmark one =
        new Benchmark(BENCHMARK.sources(), BENCHMARK.photos(), BENCHMARK.models().subList(0, 1), 0);
    BenchmarkDirectory.prepare(folder).write(one, Comparison.rows(one));
    assertThat(folder.resolve("logits-2.npy")).doesNotExist();
    assertThat(BenchmarkDirectory.read(folder).models()).hasSize(1);
  }

  @Test
  void prepare_afterAnInterruptedWrite_isAllowed() throws Exception {
    write();
    Files.delete(folder.resolve("results.json"));
    assertThat(BenchmarkDirectory.prepare(folder).markdown())
        .isEqualTo(folder.resolve("report.md"));
    Files.writeString(folder.resolve("results.csv.bak"), "mine");
    assertThatThrownBy(() -> BenchmarkDirectory.prepare(folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> new BenchmarkSettings(List.of(1, 1), 1, 1, 0, 0, 0, 1))
        .hasMessageContaining("[1, 1]");
    assertThatThrownBy(() -> new BenchmarkSettings(List.of(0, 1), 1, 1, 0, 0, 0, 1))
        .hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> new BenchmarkSettings(List.of(1), 0, 1, 0, 0, 0, 1))
        .hasMessageContaining("not 0, 1 and 1");
    assertThatThrownBy(() -> new BenchmarkSettings(List.of(1), 1, 1, Double.NaN, 0, 0, 1))
        .hasMessageContaining("NaN s");
    assertThat(new BenchmarkSettings(List.of(8, 1), 1, 1, 0, 0, 0, 1).batches())
        .containsExactly(1, 8);
  }
}
