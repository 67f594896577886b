package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChartTest {
  private static LineChart.Series series(String name, double... values) {
    List<LineChart.Point> points = new ArrayList<>();
    for (double value : values) {
      points.add(new LineChart.Point(points.size() + 1, value));
    }
    return new LineChart.Series(name, points);
  }

  private static ParsedMarkup drawn(LineChart.Series... series) throws Exception {
    return ParsedMarkup.of(new LineChart("Loss", "Epoch", Unit.NUMBER, List.of(series)).markup());
  }

  @Test
  void markup_ofTwoCurves_namesEachWithItsLastValue() throws Exception {
    ParsedMarkup chart = drawn(series("Training", 3, 2, 1.5), series("Validation", 3, 2.5, 2.25));

    assertThat(chart.texts("li")).containsExactly("Training 1.50", "Validation 2.25");
    assertThat(chart.attributes("svg", "aria-label"))
        .contains("Loss: Training from 3.00 to 1.50; Validation from 3.00 to 2.25");
    assertThat(chart.texts("title")).hasSize(6).contains("Training, epoch 2: 2.00");
  }

  @Test
  void markup_placesHighValuesAboveLowOnes() throws Exception {
    List<Double> heights =
        drawn(series("Loss", 4, 2, 0)).attributes("circle", "cy").stream()
            .map(Double::valueOf)
            .toList();

    assertThat(heights).isSorted();
    assertThat(heights.get(1)).isEqualTo((heights.get(0) + heights.get(2)) / 2);
  }

  @Test
  void markup_ofOnePointOrConstantValues_staysInsideTheDrawing() throws Exception {
    for (LineChart.Series series : List.of(series("One", 2.5), series("Flat", 0, 0, 0))) {
      ParsedMarkup chart = drawn(series);

      assertThat(chart.attributes("circle", "cx")).allSatisfy(x -> inside(x, 360));
      assertThat(chart.attributes("circle", "cy")).allSatisfy(y -> inside(y, 214));
    }
  }

  private static void inside(String position, double size) {
    assertThat(Double.parseDouble(position)).isBetween(0.0, size);
  }

  @Test
  void markup_withMark_tellsWhatItMeans() throws Exception {
    Markup chart =
        new LineChart(
                "Top-1",
                "Epoch",
                Unit.PERCENT,
                List.of(series("Top-1", 0.1, 0.3, 0.2)),
                List.of(new LineChart.Mark(2, "best epoch: 2")))
            .markup();

    assertThat(ParsedMarkup.of(chart).texts("li")).contains("best epoch: 2");
  }

  @Test
  void markup_overShares_hasTicksFromNoneToAll() throws Exception {
    LineChart.Series diagonal =
        new LineChart.Series(
            "Perfect", List.of(new LineChart.Point(0, 0), new LineChart.Point(1, 1)));
    LineChart.Series one =
        new LineChart.Series("Accuracy", List.of(new LineChart.Point(0.25, 0.5)));

    ParsedMarkup chart =
        ParsedMarkup.of(
            new LineChart(
                    "Reliability",
                    "Confidence",
                    Unit.PERCENT,
                    Unit.PERCENT,
                    List.of(one, diagonal),
                    List.of())
                .markup());

    assertThat(chart.texts("text").stream().map(t -> t.replace('\u00a0', ' ')))
        .containsExactly(
            "0 %",
            "20 %",
            "40 %",
            "60 %",
            "80 %",
            "100 %", // values, then positions
            "0 %",
            "20 %",
            "40 %",
            "60 %",
            "80 %",
            "100 %",
            "Confidence");
    assertThat(chart.texts("title").stream().map(t -> t.replace('\u00a0', ' ')))
        .contains("Accuracy, confidence 25.0 %: 50.0 %");
    assertThat(chart.texts("li")).containsExactly("Accuracy", "Perfect");
    List<Double> columns = chart.attributes("circle", "cx").stream().map(Double::valueOf).toList();
    assertThat(columns.get(0)) // a quarter of the way from 0 to 1
        .isCloseTo(columns.get(1) + (columns.get(2) - columns.get(1)) / 4, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void series_withAValueThatCannotBeDrawn_isRefusedWithItsPlace(double value) {
    assertThatThrownBy(() -> series("Loss", 1, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Loss")
        .hasMessageContaining("(2.0, " + value + ")");
  }

  @Test
  void nothingToDraw_isRefused() {
    assertThatThrownBy(() -> series("Loss")).hasMessageContaining("'Loss' has no point");
    assertThatThrownBy(() -> new LineChart("Loss", "Epoch", Unit.NUMBER, List.of()))
        .hasMessageContaining("no curve");
  }
}
