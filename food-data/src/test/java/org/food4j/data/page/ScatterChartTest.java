package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.food4j.data.page.ScatterChart.Figure;
import org.food4j.data.page.ScatterChart.Spot;
import org.junit.jupiter.api.Test;

class ScatterChartTest {
  private static Spot spot(String name, double cost, double gain, boolean front) {
    return new Spot(
        name, new Figure(cost, cost, cost), new Figure(gain, gain - 0.05, gain + 0.05), front);
  }

  private static String chart(Spot... spots) {
    return new ScatterChart("Batch 1", "Latency", Unit.MILLISECONDS, Unit.PERCENT, List.of(spots))
        .markup()
        .toString();
  }

  @Test
  void axis_ofCosts_endsAtRoundNumbersAndSharesByLogarithm() {
    LogAxis axis = LogAxis.around(3, 150);
    assertThat(axis).isEqualTo(new LogAxis(2, 200));
    assertThat(axis.ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0);
    assertThat(axis.share(20)).isEqualTo(0.5);
    assertThat(LogAxis.around(10, 10)).isEqualTo(new LogAxis(10, 20));
    assertThat(LogAxis.around(0.02, 900).ticks()).containsExactly(0.1, 1.0, 10.0, 100.0, 1000.0);
  }

  @Test
  void front_ofThreeSpots_stepsAtTheHigherCost() {
    String chart =
        chart(
            spot("large", 100, 0.75, true),
            spot("small", 1, 0.55, true),
            spot("bad", 50, 0.5, false));
    // From the small one to the right up to the large one's cost, then up.
    assertThat(chart).containsPattern("points=\"36\\.4,(\\S+) 346\\.0,\\1 346\\.0,\\S+\"");
    assertThat(chart.split("spot c2 beaten", -1)).hasSize(3); // in the drawing and in the legend
    assertThat(chart).doesNotContain("spot c0 beaten");
    assertThat(chart)
        .contains("small: 1.00\u00a0ms (1.00\u00a0ms to 1.00\u00a0ms), 55.0\u00a0% (50.0");
  }

  @Test
  void spot_outOfItsInterval_isRefused() {
    assertThatThrownBy(() -> new Figure(3, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.0 in 1.0 to 2.0");
    assertThatThrownBy(() -> spot("free", 0, 0.5, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("free");
    assertThatThrownBy(ScatterChartTest::chart).hasMessageContaining("no spot");
  }
}
