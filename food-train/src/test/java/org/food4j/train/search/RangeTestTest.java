package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.food4j.train.search.RangeTest.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTestTest {
  /** Rates from 1e-7 to 10, losses by the logarithm of the rate to base 10. */
  private static RangeTest test(DoubleUnaryOperator loss) {
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double exponent = -7 + 8 * i / 99.0;
      rates.add(Math.pow(10, exponent));
      losses.add(loss.applyAsDouble(exponent));
    }
    return RangeTest.of(rates, losses, false);
  }

  /** Raw losses whose smoothed form is the given one, by undoing the mean. */
  private static RangeTest smoothed(double... wanted) {
    List<Double> rates = IntStream.range(0, wanted.length).mapToObj(i -> Math.pow(2, i)).toList();
    List<Double> losses = new ArrayList<>();
    double sum = 0;
    double weights = 0;
    for (double each : wanted) {
      weights = RangeTest.SMOOTHING * weights + (1 - RangeTest.SMOOTHING);
      double next = each * weights;
      losses.add((next - RangeTest.SMOOTHING * sum) / (1 - RangeTest.SMOOTHING));
      sum = next;
    }
    return RangeTest.of(rates, losses, true);
  }

  @Test
  void points_areSmoothedWithoutABiasTowardsZero() {
    assertThat(test(e -> 3.5).points())
        .allSatisfy(point -> assertThat(point.smoothedLoss()).isCloseTo(3.5, within(1e-12)));

    List<RangeTest.Point> points = RangeTest.of(rates(20), ramp(20), false).points();
    // (0.98 * 0 + 1) / (0.98 + 1)
    assertThat(points.get(1).smoothedLoss()).isCloseTo(1 / 1.98, within(1e-12));
  }

  private static List<Double> rates(int count) {
    return IntStream.range(0, count).mapToObj(i -> Math.pow(10, i - 10.0)).toList();
  }

  private static List<Double> ramp(int count) {
    return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
  }

  @ParameterizedTest
  @CsvSource({"VALLEY, 13", "STEEP, 16", "MINIMUM, 20"})
  void suggestion_ofADescent_isTheRules(Rule rule, int step) {
    // 30 points, of which the first 3 and the last 3 are left out: flat until 10, down to 20, up
    double[] losses = new double[30];
    for (int i = 0; i < 30; i++) {
      double down = i <= 10 ? 0 : Math.min(i, 20) - 10;
      losses[i] = 10 - 0.5 * down - (i > 16 && i <= 20 ? 0.5 : i > 20 ? 0.5 - (i - 20) : 0);
    }
    double rate = smoothed(losses).suggestion(rule) * (rule == Rule.MINIMUM ? 10 : 1);

    assertThat(Math.log(rate) / Math.log(2)).isCloseTo(step, within(1e-9));
  }

  @Test
  void suggestion_ofAUsualCurve_liesInItsDescent() {
    // learns between 1e-4 and 1e-2, breaks down above 0.3
    RangeTest test =
        test(e -> 3.5 - 2 / (1 + Math.exp(-3 * (e + 3))) + Math.exp(Math.min(20, 9 * (e + 0.5))));

    assertThat(test.suggestion(Rule.VALLEY)).isBetween(1e-4, 3e-2);
    assertThat(test.suggestion(Rule.STEEP)).isBetween(1e-4, 1e-1);
    assertThat(test.suggestion(Rule.MINIMUM)).isBetween(1e-3, 1e-1);
    assertThat(test.suggestion()).isEqualTo(test.suggestion(Rule.VALLEY));
  }

  @Test
  void test_ofHardlyAnyStep_saysWhatToDo() {
    assertThatThrownBy(() -> RangeTest.of(rates(3), ramp(3), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after 3 steps")
        .hasMessageContaining("lower learning rate");
  }

  @Test
  void settings_outsideTheirRanges_areRefused() {
    assertThat(RangeTestSettings.DEFAULT.growth()).isCloseTo(Math.pow(1e8, 1 / 99.0), within(1e-9));
    assertThatThrownBy(() -> new RangeTestSettings(1, 0.1, 100, 4))
        .hasMessageContaining("1.0 to 0.1");
    assertThatThrownBy(() -> new RangeTestSettings(0, 1, 100, 4))
        .hasMessageContaining("0.0 to 1.0");
    assertThatThrownBy(() -> new RangeTestSettings(1e-7, 1, 19, 4)).hasMessageContaining("not 19");
    assertThatThrownBy(() -> new RangeTestSettings(1e-7, 1, 20, 1)).hasMessageContaining("not 1.0");
  }
}
