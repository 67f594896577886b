package org.food4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.bench.Measured;
import org.food4j.bench.compare.MergedBenchmark;
import org.food4j.bench.compare.RepeatedBenchmark;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkDirectory;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Source;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
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

  private Document page(Benchmark benchmark) throws Exception {
    BenchmarkDirectory directory = BenchmarkDirectory.prepare(folder);
    new BenchmarkReport(benchmark).write(directory);
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
    Document page = page(Measured.benchmark(FLOAT32, INT8, DL4J));
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
    assertThat(texts(page(Measured.benchmark(FLOAT32)), "p"))
        .contains("<m>.onnx answers 133 photos per second at batch 8, 80.0 % of them right.");
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("<m>");
  }

  @Test
  void markdown_ofOneModel_countsInTheSingular() throws Exception {
    Benchmark one = Measured.benchmark(FLOAT32);
    Source source =
        new Source("here", Map.of(), new BenchmarkSettings(List.of(1), 1, 1, 0, 1, 0, 1));
    page(new Benchmark(List.of(source), one.photos(), one.models(), one.reference()));
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("1 model, 200 test photos of /data")
        .contains("1 round of at least 1 call and 0.0 s, after at least 1 call and 0.0 s");
  }

  @Test
  void markdown_ofTwoModels_hasTheSameFigures() throws Exception {
    page(Measured.benchmark(FLOAT32, INT8));
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
    Document page = page(RepeatedBenchmark.of(before, now));
    assertThat(texts(page, "p"))
        .contains("<m>.onnx slower by 20 % (20 to 20 %) at batch 1.")
        .contains("Files, hardware and versions are as before.");
    assertThat(texts(page, "td")).contains("slower by 20 % (20 to 20 %)", "as before");
    assertThat(repeated(before, before)).isEqualTo("As before.");
  }

  @Test
  void page_ofAMergedRepetition_namesWhatWasRepeated() throws Exception {
    Benchmark before = Measured.benchmark(INT8);
    Benchmark merged =
        MergedBenchmark.of(
            List.of(Measured.benchmark(FLOAT32), RepeatedBenchmark.of(before, before)));
    assertThat(texts(page(merged), "p"))
        .contains("1 of 2 models was repeated (ONNX int8): as before.")
        .contains("Files, hardware and versions of what was repeated are as before.");
  }

  @Test
  void page_ofAMergedRepetition_tellsWhereSomethingHasChanged() throws Exception {
    Benchmark before = Measured.benchmark(INT8);
    MeasuredModel model = before.models().get(0);
    MeasuredModel other = with(model, "another", model.scores(), model.answers());
    Benchmark changed = RepeatedBenchmark.of(before, withModel(before, 0, other));
    Benchmark both =
        MergedBenchmark.of(
            List.of(
                Measured.benchmark(FLOAT32, Measured.of("run", "dl4j", Map.of(1, 30.0))), changed));
    assertThat(RepeatedVerdict.of(both))
        .contains("1 of 3 models was repeated (ONNX int8): ONNX int8 is another file.");
    assertThat(texts(page(both), "th")).contains(model.name() + " (here (2))");
    assertThat(RepeatedVerdict.of(MergedBenchmark.of(List.of(changed))))
        .contains("int8.onnx is another file.");
  }

  private static String repeated(Benchmark before, Benchmark now) {
    return RepeatedVerdict.of(RepeatedBenchmark.of(before, now)).orElseThrow();
  }

  @Test
  void repetition_withOtherAnswers_isNotAsBefore() {
    Measured run = Measured.of("run", "dl4j", Map.of(1, 30.0));
    // As many are right: photos 0 to 39 wrongly answered, then the last forty.
    Benchmark before = Measured.benchmark(FLOAT32, run);
    Benchmark now = withModel(before, 1, turned(before.models().get(1)));
    assertThat(now.models().get(1).answers().top1())
        .isEqualTo(before.models().get(1).answers().top1());
    assertThat(repeated(before, now)).isEqualTo("DL4J answers 80 of 200 photos differently.");
  }

  @Test
  void repetition_ofAnotherFile_isNotAsBefore() {
    Benchmark before = Measured.benchmark(FLOAT32, INT8);
    MeasuredModel model = before.models().get(1);
    MeasuredModel other = with(model, "another", model.scores(), model.answers());
    assertThat(repeated(before, withModel(before, 1, other)))
        .isEqualTo("ONNX int8 is another file.");
  }

  @Test
  void repetition_withOtherLogits_saysByHowMuch() {
    Benchmark before = Measured.benchmark(FLOAT32);
    MeasuredModel model = before.models().get(0);
    float[] logits = model.scores().logits().clone();
    logits[0] -= 0.5f;
    Scores scores = new Scores(model.scores().labels(), model.scores().entries(), logits);
    MeasuredModel other = with(model, model.sha256(), scores, model.answers());
    assertThat(repeated(before, withModel(before, 0, other)))
        .isEqualTo("<m>.onnx gives the same answers with other logits (by up to 0.50).");
  }

  /** The photos answered the other way round: the first answer is the last. */
  private static MeasuredModel turned(MeasuredModel model) {
    float[] logits = model.scores().logits().clone();
    for (int i = 0, j = logits.length - 1; i < j; i++, j--) {
      float first = logits[i];
      logits[i] = logits[j];
      logits[j] = first;
    }
    Scores scores = new Scores(model.scores().labels(), model.scores().entries(), logits);
    return with(model, model.sha256(), scores, Evaluation.of(scores, "test", 1));
  }

  private static Benchmark withModel(Benchmark benchmark, int position, MeasuredModel model) {
    List<MeasuredModel> models = new ArrayList<>(benchmark.models());
    models.set(position, model);
    return new Benchmark(benchmark.sources(), benchmark.photos(), models, benchmark.reference());
  }

  private static MeasuredModel with(
      MeasuredModel model, String sha256, Scores scores, Evaluation answers) {
    return new MeasuredModel(
        model.source(),
        model.name(),
        model.path(),
        sha256,
        model.provider(),
        model.said(),
        model.runtime(),
        model.form(),
        model.bytes(),
        model.load(),
        model.batches(),
        scores,
        answers);
  }
}
