package org.food4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.data.manifest.Labels;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.models.onnx.ModelCard;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HeatSectionTest {
  private static final Labels LABELS = Labels.of(List.of("<b>&\"'", "taco"));

  @TempDir Path photos;

  private static PhotoExplainer explainer() {
    return new PhotoExplainer(
        Architectures.named("se_cnn").graph(new NetworkSpec(2, 32), 1),
        ModelCard.of(LABELS, Preprocessing.imagenet(32)),
        encoded -> new Photo(40, 40, new byte[3 * 40 * 40]));
  }

  private static Evaluation evaluation() {
    return new Evaluation(
        LABELS,
        "test",
        1,
        List.of(
            new PhotoResult("right.jpg", 1, List.of(1, 0), List.of(0.9f, 0.1f)),
            new PhotoResult("wrong.jpg", 0, List.of(1, 0), List.of(0.6f, 0.4f)),
            new PhotoResult("worse.jpg", 1, List.of(0, 1), List.of(0.8f, 0.2f))));
  }

  @Test
  void section_ofMistakesAndRightAnswers_showsBothClassesOfAMistake() throws Exception {
    for (String name : new String[] {"right.jpg", "wrong.jpg", "worse.jpg"}) {
      Files.writeString(photos.resolve(name), "");
    }
    String html =
        new HtmlPage("Run", "", List.of(HeatSection.of(evaluation(), photos, explainer()))).html();
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));

    assertThat(attributes(page, "img", "alt"))
        .containsExactly(
            "What speaks for <b>&\"'",
            "What speaks for Taco",
            "What speaks for Taco",
            "What speaks for <b>&\"'",
            "What speaks for Taco",
            "Photo of Taco");
    assertThat(attributes(page, "img", "src")).allMatch(uri -> uri.startsWith("data:image/jpeg"));
    assertThat(attributes(page, "div", "title"))
        .containsSubsequence("worse.jpg", "wrong.jpg", "right.jpg");
  }

  @Test
  void section_withoutAPhoto_failsWithItsName() {
    assertThatThrownBy(() -> HeatSection.of(evaluation(), photos, explainer()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("worse.jpg");
  }

  private static List<String> attributes(Document page, String element, String attribute) {
    NodeList nodes = page.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getAttributes().getNamedItem(attribute))
        .filter(node -> node != null)
        .map(node -> node.getNodeValue())
        .toList();
  }
}
