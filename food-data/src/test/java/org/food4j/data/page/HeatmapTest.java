package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatmapTest {
  private static final List<String> NAMES = List.of("Naan", "Chai", "<Taco>");

  @Test
  void markup_tellsEachCountAndItsShareOfTheRow() throws Exception {
    ParsedMarkup map =
        ParsedMarkup.of(
            new Heatmap("Confusion", NAMES, new int[][] {{3, 1, 0}, {0, 2, 0}, {0, 0, 0}})
                .markup());

    assertThat(map.texts("title"))
        .containsExactly(
            "Naan recognised: 3 of 4 (75.0\u00a0%)",
            "Naan taken for Chai: 1 of 4 (25.0\u00a0%)", "Chai recognised: 2 of 2 (100\u00a0%)");
    assertThat(map.texts("text"))
        .containsExactly("Naan", "Chai", "<Taco>", "Naan", "3", "1", "Chai", "2", "<Taco>");
    assertThat(map.attributes("svg", "aria-label"))
        .containsExactly("Confusion: 3 classes, 5 of 6 photos on the diagonal");
    assertThat(map.attributes("rect", "fill-opacity")).containsExactly("0.88", "0.55", "1");
  }

  @Test
  void markup_ofManyClasses_keepsEveryCellInsideTheDrawing() throws Exception {
    int classes = 34;
    int[][] counts = new int[classes][classes];
    counts[33][33] = 1;
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "Class number " + i).toList();

    ParsedMarkup map = ParsedMarkup.of(new Heatmap("Confusion", names, counts).markup());

    String[] box = map.attributes("svg", "viewBox").get(0).split(" ");
    double right = Double.parseDouble(map.attributes("rect", "x").get(0)) + 24;
    double bottom = Double.parseDouble(map.attributes("rect", "y").get(0)) + 24;
    assertThat(right).isLessThan(Double.parseDouble(box[2]));
    assertThat(bottom).isLessThan(Double.parseDouble(box[3]));
  }

  @Test
  void markup_inAnyLocale_isTheSame() {
    Heatmap map = new Heatmap("Confusion", NAMES, new int[][] {{3, 1, 0}, {0, 2, 0}, {0, 0, 5000}});
    String expected = html(map, Locale.ROOT);
    assertThat(html(map, Locale.GERMANY)).isEqualTo(expected);
    // Its digits are not those of SVG.
    assertThat(html(map, Locale.forLanguageTag("ar-EG-u-nu-arab"))).isEqualTo(expected);
  }

  private static String html(Heatmap map, Locale locale) {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return new HtmlPage("Page", "", List.of(Section.of("map", "Map", map.markup()))).html();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void heatmap_doesNotSeeLaterChanges() throws Exception {
    int[][] counts = {{1}};
    Heatmap heatmap = new Heatmap("Confusion", List.of("Naan"), counts);
    counts[0][0] = 7;

    assertThat(ParsedMarkup.of(heatmap.markup()).texts("title").get(0)).contains("1 of 1");
  }

  @Test
  void heatmap_ofCountsThatDoNotFitTheNames_isRefused() {
    assertThatThrownBy(() -> new Heatmap("Confusion", NAMES, new int[][] {{1, 2, 3}, {1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 names take 3 rows of 3 counts, not [3, 1]");
    assertThatThrownBy(() -> new Heatmap("Confusion", List.of("Naan"), new int[][] {{-1}}))
        .hasMessageContaining("at least 0");
  }
}
