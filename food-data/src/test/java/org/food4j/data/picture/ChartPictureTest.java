package org.food4j.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Unit;
import org.junit.jupiter.api.Test;

class ChartPictureTest {
  @Test
  void bars_ofOneAndTwo_areAsLongAsTheirValues() {
    BufferedImage image =
        ChartPicture.of(new BarChart("Two", Unit.NUMBER, List.of(bar(1, 1), bar(2, 2))));
    List<Integer> lengths = runs(image, Paper.colour(0));
    assertThat(lengths).hasSize(2);
    assertThat((double) lengths.get(1) / lengths.get(0)).isBetween(1.98, 2.02);
  }

  @Test
  void bars_withAWhisker_areDrawnToItsEnd() {
    int without = dark(ChartPicture.of(new BarChart("A", Unit.NUMBER, List.of(bar(1, 1)))));
    int with = dark(ChartPicture.of(new BarChart("A", Unit.NUMBER, List.of(bar(1, 1.9)))));
    assertThat(with).isGreaterThan(without);
  }

  @Test
  void bars_onBothSidesOfZero_meetThere() {
    BarChart.Bar warm = new BarChart.Bar("warm", 1, 0);
    BarChart.Bar cool = new BarChart.Bar("cool", -1, 1);
    BufferedImage image = ChartPicture.of(new BarChart("Both", Unit.NUMBER, List.of(warm, cool)));
    int[] right = columns(image, Paper.colour(0));
    int[] left = columns(image, Paper.colour(1));
    // the line at zero covers a point of both
    assertThat(right[0] - left[1]).isBetween(0, 2 * Paper.SCALE);
    assertThat((double) (right[1] - right[0]) / (left[1] - left[0])).isBetween(0.98, 1.02);
  }

  @Test
  void bar_withAnIntervalOnBothSides_hasItsWhiskerInTheBarToo() {
    BarChart.Bar tail = new BarChart.Bar("a", 1, 1.5, "", 0);
    BarChart.Bar interval = new BarChart.Bar("a", 1, 0.5, 1.5, "", 0);
    int without = count(ChartPicture.of(new BarChart("A", Unit.NUMBER, List.of(tail))), Paper.INK);
    int with = count(ChartPicture.of(new BarChart("A", Unit.NUMBER, List.of(interval))), Paper.INK);
    assertThat(with).isGreaterThan(without);
  }

  @Test
  void curve_thatRises_endsAboveItsStart() {
    BufferedImage image = ChartPicture.of(lines(List.of(series("up", 0, 5, 10))));
    int color = Paper.colour(0).getRGB();
    assertThat(rowOf(image, color, 0, image.getWidth() / 4))
        .isGreaterThan(rowOf(image, color, 3 * image.getWidth() / 4, image.getWidth()));
  }

  @Test
  void curves_ofTwo_haveTwoColoursAndALegend() {
    BufferedImage one = ChartPicture.of(lines(List.of(series("a", 1, 2))));
    BufferedImage two = ChartPicture.of(lines(List.of(series("a", 1, 2), series("b", 2, 1))));
    assertThat(count(one, Paper.colour(1))).isZero();
    assertThat(count(two, Paper.colour(1))).isPositive();
    assertThat(two.getHeight()).isGreaterThan(one.getHeight());
  }

  @Test
  void chart_withATitleOfAnyLength_staysInside() {
    String title = "A title that is longer than the chart is wide, by far, as anybody can see here";
    BufferedImage image = ChartPicture.of(new BarChart(title, Unit.NUMBER, List.of(bar(1, 1))));
    for (int y = 0; y < image.getHeight(); y++) {
      assertThat(image.getRGB(image.getWidth() - 1, y)).isEqualTo(Color.WHITE.getRGB());
    }
  }

  private static BarChart.Bar bar(double value, double upTo) {
    return new BarChart.Bar("bar", value, upTo, "", 0);
  }

  private static LineChart.Series series(String name, double... values) {
    return new LineChart.Series(
        name,
        IntStream.range(0, values.length)
            .mapToObj(i -> new LineChart.Point(i + 1, values[i]))
            .toList());
  }

  private static LineChart lines(List<LineChart.Series> series) {
    return new LineChart("Lines", "Epoch", Unit.NUMBER, series);
  }

  /** Lengths of the widest row of each bar, from above. */
  private static List<Integer> runs(BufferedImage image, Color color) {
    List<Integer> lengths = new java.util.ArrayList<>();
    boolean inside = false;
    for (int y = 0; y < image.getHeight(); y++) {
      int row = y;
      int length =
          (int)
              IntStream.range(0, image.getWidth())
                  .filter(x -> image.getRGB(x, row) == color.getRGB())
                  .count();
      if (length > 20 && !inside) {
        lengths.add(length);
      }
      inside = length > 20;
    }
    return lengths;
  }

  /** The first and the last column that holds a colour. */
  private static int[] columns(BufferedImage image, Color color) {
    int[] all =
        IntStream.range(0, image.getWidth())
            .filter(
                x ->
                    IntStream.range(0, image.getHeight())
                        .anyMatch(y -> image.getRGB(x, y) == color.getRGB()))
            .toArray();
    return new int[] {all[0], all[all.length - 1]};
  }

  private static int rowOf(BufferedImage image, int rgb, int from, int to) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        if (image.getRGB(x, y) == rgb) {
          return y;
        }
      }
    }
    throw new AssertionError("The colour is nowhere");
  }

  private static int dark(BufferedImage image) {
    return count(image, Paper.INK);
  }

  private static int count(BufferedImage image, Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }
}
