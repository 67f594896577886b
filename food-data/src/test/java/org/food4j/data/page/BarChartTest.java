package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
  @Test
  void markup_drawsBarsInProportion() throws Exception {
    ParsedMarkup chart =
        ParsedMarkup.of(
            new BarChart(
                    "Latency",
                    Unit.MILLISECONDS,
                    List.of(
                        new BarChart.Bar("DL4J", 20, 40, "(p95 40 ms)", 0),
                        new BarChart.Bar("ONNX <32>", 5, 5, "", 1)))
                .markup());

    assertThat(chart.attributes("rect", "width")).containsExactly("50%", "12.5%");
    assertThat(chart.attributes("line", "class").stream().filter("whisker"::equals)).hasSize(2);
    assertThat(chart.texts("li"))
        .containsExactly("DL4J20.0\u00a0ms (p95 40 ms)", "ONNX <32>5.00\u00a0ms");
    assertThat(chart.texts("text")).first().isEqualTo("0\u00a0ms");
    assertThat(chart.texts("text")).last().isEqualTo("40\u00a0ms");
  }

  @Test
  void markup_ofZeros_isDrawn() throws Exception {
    BarChart zeros =
        new BarChart("Photos", Unit.COUNT, List.of(new BarChart.Bar("none", 0, 0, "", 0)));

    assertThat(ParsedMarkup.of(zeros.markup()).attributes("rect", "width")).containsExactly("0%");
  }

  @Test
  void markup_ofValuesOnBothSidesOfZero_drawsBarsFromZero() throws Exception {
    ParsedMarkup chart =
        ParsedMarkup.of(
            new BarChart(
                    "Red minus blue",
                    Unit.NUMBER,
                    List.of(
                        new BarChart.Bar("curry", 4, 3, 6, "", 0),
                        new BarChart.Bar("blue cheese", -2, 0)))
                .markup());

    assertThat(chart.attributes("rect", "x")).containsExactly("25%", "0%");
    assertThat(chart.attributes("rect", "width")).containsExactly("50%", "25%");
    // the whisker and its two ends, on one bar
    assertThat(chart.attributes("line", "class").stream().filter("whisker"::equals)).hasSize(3);
    assertThat(chart.texts("text")).first().isEqualTo("-2");
  }

  @Test
  void bar_thatDoesNotEndWithinItsWhisker_isRefused() {
    assertThatThrownBy(() -> new BarChart.Bar("DL4J", 20, 10, "", 0))
        .hasMessageContaining("'DL4J' ends at 20.0, its whisker goes from 20.0 to 10.0");
    assertThatThrownBy(() -> new BarChart.Bar("DL4J", 20, 21, 22, "", 0))
        .hasMessageContaining("from 21.0 to 22.0");
    assertThatThrownBy(() -> new BarChart.Bar("DL4J", 1, Double.NaN, "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BarChart.Bar("DL4J", Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BarChart.Bar("DL4J", 0, Double.NEGATIVE_INFINITY, 0, "", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
