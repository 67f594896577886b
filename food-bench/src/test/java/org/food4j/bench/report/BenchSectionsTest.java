package org.food4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.bench.compare.Agreement;
import org.food4j.bench.result.LatencyRow;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BenchSectionsTest {
  private static LatencyRow row(String model, String form, int batch, double ms, double top1) {
    List<Double> times = IntStream.range(0, 20).mapToObj(i -> ms * (1 + i / 1000.0)).toList();
    return new LatencyRow(model, "a runtime", form, top1, 0.7, batch, times, 9_965_000);
  }

  private static LatencyRow dl4j(int batch, double ms) {
    return row("run", "dl4j", batch, ms, 0.4);
  }

  private static LatencyRow onnx(int batch, double ms) {
    return row("model.onnx", "onnx float32", batch, ms, 0.4);
  }

  private static Document parsed(Section... sections) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new InputSource(new StringReader(new HtmlPage("Bench", "", List.of(sections)).html())));
  }

  private static List<String> texts(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent().replace('\u00a0', ' '))
        .toList();
  }

  @Test
  void verdict_ofTwoForms_saysHowMuchFasterAtEachBatch() {
    assertThat(Verdict.of(List.of(dl4j(1, 31), dl4j(16, 240), onnx(1, 10), onnx(16, 100))))
        .isEqualTo(
            "ONNX float32 is 3.1 times faster than DL4J at batch 1 and 2.4 times faster at batch"
                + " 16, with the same top-1.");
  }

  @Test
  void verdict_ofASlowerForm_saysSlower() {
    assertThat(Verdict.of(List.of(dl4j(1, 10), onnx(1, 20))))
        .isEqualTo("ONNX float32 is 2.0 times slower than DL4J at batch 1, with the same top-1.");
  }

  @Test
  void verdict_ofEqualTimes_findsNoDifference() {
    assertThat(Verdict.of(List.of(dl4j(1, 10), dl4j(8, 50), onnx(1, 10.05), onnx(8, 47))))
        .isEqualTo(
            "ONNX float32 is not measurably different from DL4J at batch 1 and 6 % faster at batch"
                + " 8, with the same top-1.");
  }

  @Test
  void verdict_ofSeveralForms_picksTheFastestAndTellsItsPrice() {
    LatencyRow quantised = row("int8.onnx", "onnx int8", 1, 5, 0.388);

    assertThat(Verdict.of(List.of(dl4j(1, 30), onnx(1, 10), quantised)))
        .isEqualTo(
            "ONNX int8 is 6.0 times faster than DL4J at batch 1, with a top-1 that is 1.2 points"
                + " lower.");
  }

  @Test
  void verdict_ofOneForm_givesItsThroughput() {
    assertThat(Verdict.of(List.of(onnx(1, 10), onnx(16, 80))))
        .isEqualTo("ONNX float32 answers 198 photos per second at batch 16.");
  }

  @Test
  void verdict_withoutACommonBatch_saysSo() {
    assertThat(Verdict.of(List.of(dl4j(1, 10), onnx(8, 20))))
        .isEqualTo("Nothing was measured at the batch sizes of DL4J.");
  }

  @Test
  void verdict_ofNothing_isRefused() {
    assertThatThrownBy(() -> Verdict.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing was measured");
  }

  @Test
  void names_areAsLongAsTheyMustBe() {
    assertThat(RowNames.of(List.of(dl4j(1, 1), dl4j(8, 1), onnx(1, 1))).values())
        .containsExactly("DL4J", "ONNX float32");
    assertThat(
            RowNames.of(List.of(onnx(1, 1), row("other.onnx", "onnx float32", 1, 1, 0.4))).values())
        .containsExactly("model.onnx, ONNX float32", "other.onnx, ONNX float32");
  }

  @Test
  void latency_hasAChartPerBatchAndARowPerMeasurement() throws Exception {
    Document page =
        parsed(
            LatencySection.of(List.of(dl4j(1, 20), onnx(1, 10), row("<m>", "onnx", 8, 80, 0.4))));

    assertThat(texts(page, "figcaption"))
        .containsExactly("Latency at batch 1", "Latency at batch 8");
    assertThat(texts(page, "li")).contains("DL4J20.2 ms (p95 20.4 ms)");
    assertThat(texts(page, "th")).contains("run", "model.onnx", "<m>");
    assertThat(texts(page, "td").subList(0, 10))
        .containsExactly(
            "DL4J",
            "1",
            "20.2",
            "20.4",
            "20.4",
            "49.6",
            "40.0 %",
            "70.0 %",
            "9.97 MB",
            "a runtime");
  }

  @Test
  void agreement_tellsWhetherTheFileAnswersAlike() throws Exception {
    Document same = parsed(AgreementSection.of(new Agreement(100, 3.1e-6, 1), 1e-4));
    assertThat(texts(same, "dd"))
        .containsExactly("100 %", "of 100 photos", "3.1e-6", "between logits, allowed: 1.0e-4");
    assertThat(texts(same, "p")).anyMatch(p -> p.contains("the same answers"));

    Document different = parsed(AgreementSection.of(new Agreement(100, 3.1e-6, 0.99), 1e-4));
    assertThat(texts(different, "p")).anyMatch(p -> p.contains("differ by more than rounding"));
  }

  @Test
  void agreement_ofTwoNamedModels_namesThem() throws Exception {
    Agreement equal = new Agreement(100, 3.1e-6, 1);
    Document same = parsed(AgreementSection.of(equal, 1e-4, "a/model.onnx", "b/model.onnx"));
    assertThat(texts(same, "p")).contains("b/model.onnx gives the same answers as a/model.onnx.");

    Agreement unequal = new Agreement(100, 3, 0.5);
    Document different = parsed(AgreementSection.of(unequal, 1e-4, "one", "other"));
    assertThat(texts(different, "p")).contains("other and one differ by more than rounding.");
  }
}
