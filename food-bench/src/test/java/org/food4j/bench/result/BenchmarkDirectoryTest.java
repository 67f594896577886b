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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkDirectoryTest {
  private static final List<LatencyRow> ROWS =
      List.of(new LatencyRow("a,\"b\"", "DL4J", "dl4j", 0.5, 0.9, 8, List.of(2.0, 1.0, 4.0), 77));

  @TempDir Path folder;

  @Test
  void write_ofRows_keepsRawSamplesAndFigures() throws Exception {
    BenchmarkDirectory.prepare(folder.resolve("bench")).write(ROWS, Map.of("cores", "2"), "f00d");
    JsonNode results = new JsonMapper().readTree(folder.resolve("bench/results.json").toFile());
    assertThat(results.get("environment").get("cores").asText()).isEqualTo("2");
    assertThat(results.get("dataset").asText()).isEqualTo("f00d");
    JsonNode row = results.get("results").get(0);
    assertThat(row.get("p50_ms").asDouble()).isEqualTo(2);
    assertThat(row.get("photos_per_second").asDouble()).isEqualTo(4000);
    assertThat(row.get("samples_ms").toString()).isEqualTo("[2.0,1.0,4.0]");
  }

  @Test
  void csv_inAnyLocale_isQuotedWithDecimalPoints() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      BenchmarkDirectory.prepare(folder).write(ROWS, Map.of(), "f00d");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(folder.resolve("results.csv"))
        .hasContent(
            """
            model,runtime,form,top1,top5,batch,p50_ms,p95_ms,p99_ms,photos_per_second,bytes
            "a,""b""\",DL4J,dl4j,0.500000,0.900000,8,2.000,4.000,4.000,4000.00,77
            """);
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
    BenchmarkDirectory.prepare(folder).write(ROWS, Map.of(), "f00d");
    assertThat(BenchmarkDirectory.prepare(folder).report())
        .isEqualTo(folder.resolve("report.html"));
  }
}
