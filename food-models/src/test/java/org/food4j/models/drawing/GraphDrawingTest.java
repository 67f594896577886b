package org.food4j.models.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.models.analysis.NetworkCosts;
import org.food4j.models.analysis.StageCosts;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GraphDrawingTest {
  @TempDir Path folder;

  static Stream<Architecture> all() {
    return Architectures.all().stream();
  }

  private static NetworkCosts costs(String name) {
    return NetworkCosts.of(Architectures.named(name), new NetworkSpec(1000, 224));
  }

  private static Document parsed(GraphDrawing drawing) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(drawing.markup().toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The elements of that style class, if it is their only one. */
  private static List<Element> elements(Document document, String tag, String style) {
    NodeList all = document.getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getAttribute("class").equals(style)) {
        found.add(element);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @ParameterizedTest
  @MethodSource("all")
  void picture_ofEveryNetwork_isWellFormedAndNamesItsStages(Architecture architecture)
      throws Exception {
    NetworkCosts costs =
        NetworkCosts.of(architecture, new NetworkSpec(7, architecture.inputSize()));
    Document document = parsed(GraphDrawing.of(costs));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(elements(document, "text", "stage"))
        .extracting(Element::getTextContent)
        .containsExactlyElementsOf(costs.stages().stream().map(StageCosts::name).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void boxes_ofEveryNetwork_lieInsideThePictureAndApart(Architecture architecture)
      throws Exception {
    GraphDrawing drawing =
        GraphDrawing.of(
            NetworkCosts.of(architecture, new NetworkSpec(7, architecture.inputSize())));
    List<Element> boxes =
        elements(parsed(drawing), "g", "vertex").stream()
            .map(group -> (Element) group.getElementsByTagName("rect").item(0))
            .toList();
    for (int i = 0; i < boxes.size(); i++) {
      Element box = boxes.get(i);
      assertThat(number(box, "x")).isPositive();
      assertThat(number(box, "x") + number(box, "width")).isLessThan(drawing.width());
      assertThat(number(box, "y") + number(box, "height")).isLessThan(drawing.height());
      for (Element other : boxes.subList(0, i)) {
        boolean apart =
            number(box, "x") >= number(other, "x") + number(other, "width")
                || number(other, "x") >= number(box, "x") + number(box, "width")
                || number(box, "y") >= number(other, "y") + number(other, "height")
                || number(other, "y") >= number(box, "y") + number(box, "height");
        assertThat(apart).as("%s and %s", title(box), title(other)).isTrue();
      }
    }
  }

  private static String title(Element box) {
    return box.getPreviousSibling().getTextContent();
  }

  @Test
  void blocks_thatRepeat_areDrawnOnceWithTheirNumber() throws Exception {
    Document document = parsed(GraphDrawing.of(costs("resnet50")));
    assertThat(elements(document, "text", "times"))
        .extracting(Element::getTextContent)
        .containsExactly("\u00d7 2", "\u00d7 3", "\u00d7 5", "\u00d7 2");
    assertThat(elements(document, "text", "label"))
        .extracting(Element::getTextContent)
        .contains("layer3.0", "layer3.1 to 5");
    // stem 2, head 2; per stage three convolutions and a sum twice, and one projection
    assertThat(elements(document, "g", "vertex")).hasSize(4 + 4 * 9);
  }

  @Test
  void lines_ofSeCnn_areAsManyAsItsGraphHas() throws Exception {
    NetworkCosts costs = costs("se_cnn");
    long edges =
        costs.stages().stream()
            .flatMap(stage -> stage.vertices().stream())
            .mapToLong(vertex -> vertex.inputs().size())
            .sum();
    List<Element> lines = elements(parsed(GraphDrawing.of(costs)), "path", "line");
    assertThat(lines).hasSize((int) edges);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.getAttribute("d"))
                    .matches(Pattern.compile("M[\\d.]+ [\\d.]+(L[\\d.]+ [\\d.]+)+")));
  }

  @Test
  void file_written_holdsThePicture() throws Exception {
    Path file = folder.resolve("graph.svg");
    GraphDrawing drawing = GraphDrawing.of(costs("se_cnn"));
    drawing.write(file);
    assertThat(file).hasContent(drawing.markup() + "\n");
  }
}
