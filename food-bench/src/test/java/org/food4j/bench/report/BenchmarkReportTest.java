package org.food4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.bench.Measured;
import org.food4j.bench.compare.Repetition;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BenchmarkReportTest {
  private static final Measured FLOAT32 =
      Measured.of("<m>.onnx", "onnx float32", Map.of(1, 10.0, 8, 60.0));
  private static final Measured INT8 =
      Measured.of("int8.onnx", "onnx int8", Map.of(1, 5.0)).withWrong(44).withBytes(2_600_000);
  private static final Measured DL4J = Measured.of("run", "dl4j", Map.of(1, 30.0)).at("elsewhere");

  @TempDir Path folder;

  private Document page(Benchmark benchmark, Optional<Repetition> repetition) throws Exception {
    BenchmarkDirectory directory = BenchmarkDirectory.prepare(folder);
    new BenchmarkReport(benchmark, repetition).write(directory);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Files.readString(directory.report()))));
  }

  private static List<String> texts(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent().replace('\u00a0', ' '))
        .toList();
  }

  @Test
  void page_ofThreeModels_hasChartsAndTables() throws Exception {
    Document page = page(Measured.benchmark(FLOAT32, INT8, DL4J), Optional.empty());
    assertThat(texts(page, "figcaption"))
        .containsExactly(
            "Batch 1",
            "Batch 8",
            "Latency at batch 1",
            "Latency at batch 8",
            "Photos per second, at the best batch size");
    assertThat(texts(page, "h2"))
        .containsExactly(
            "Verdict",
            "Accuracy against latency",
            "Latency and throughput",
            "Accuracy and agreement",
            "Size, loading and memory",
            "Environment");
    assertThat(texts(page, "li"))
        .contains("1ONNX float32 10.0 ms, 80.0 %", "2ONNX int8 5.00 ms, 78.0 %")
        .anyMatch(text -> text.startsWith("DL4J: 3.0 times slower"));
    assertThat(texts(page, "td"))
        .contains("2.00 (2.00 to 2.00)", "156 of 200", "0, reference 4", "14.0 dB", "no noise")
        .contains("of here", "of elsewhere");
    assertThat(texts(page, "p"))
        .contains("The same answers as ONNX float32, but for rounding: DL4J.");
  }

  @Test
  void page_ofAStrangeName_showsItAsItIs() throws Exception {
    assertThat(texts(page(Measured.benchmark(FLOAT32), Optional.empty()), "p"))
        .contains("<m>.onnx answers 133 photos per second at batch 8, 80.0 % of them right.");
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("<m>");
  }

  @Test
  void markdown_ofTwoModels_hasTheSameFigures() throws Exception {
    page(Measured.benchmark(FLOAT32, INT8), Optional.empty());
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("2 models, 200 test photos of /data")
        .contains("**ONNX int8: 2.0 times faster than ONNX float32 (2.0 to 2.0) at batch 1")
        .contains("| Model | Top-1 | 95 % interval | Top-5 | Right |\n| --- | ---: |")
        .contains("| ONNX int8 | 78.0 % | 71.8 % to 83.2 % | 100 % | 156 of 200 |")
        .contains("| ONNX int8 | -2.0 | ")
        .contains("| ONNX float32 | 10.0 MB | 21.0 ms | 3.00 MB | 3.00 MB |");
  }

  @Test
  void page_ofARepetition_tellsWhatIsNotAsBefore() throws Exception {
    Benchmark before = Measured.benchmark(FLOAT32);
    Benchmark now =
        Measured.benchmark(Measured.of("<m>.onnx", "onnx float32", Map.of(1, 12.0, 8, 60.3)));
    Document page = page(now, Optional.of(Repetition.of(before, now)));
    assertThat(texts(page, "p"))
        .contains("<m>.onnx slower by 20 % (20 to 20 %) at batch 1.")
        .contains("Files, hardware and versions are as before.");
    assertThat(texts(page, "td")).contains("slower by 20 % (20 to 20 %)", "as before");
    assertThat(RepeatedVerdict.of(Repetition.of(before, before))).isEqualTo("As before.");
  }
}
