package org.food4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.Rounds;
import org.junit.jupiter.api.Test;

class MedianRatioTest {
  private static final Rounds ONE = new Rounds(List.of(List.of(1.0)));

  /** Two processes, one of which is three times slower from beginning to end. */
  private static final Rounds TWO_LEVELS =
      new Rounds(List.of(List.of(1.0, 1.0, 1.0, 1.0), List.of(3.0, 3.0, 3.0, 3.0)));

  @Test
  void of_constantSamples_isExact() {
    Rounds six = new Rounds(List.of(List.of(6.0, 6.0), List.of(6.0)));
    Rounds two = new Rounds(List.of(List.of(2.0), List.of(2.0, 2.0)));
    assertThat(MedianRatio.of(six, two, true)).isEqualTo(new Ratio(3, 3, 3));
    assertThat(MedianRatio.of(two, six, false).value()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void of_roundsThatDiffer_drawsRoundsRatherThanSamples() {
    // A quarter of the draws has the first round twice, a quarter the second. Were the eight
    // samples drawn one by one, one draw in 256 would have no 3.
    Ratio ratio = MedianRatio.of(TWO_LEVELS, ONE, false);
    assertThat(ratio).isEqualTo(new Ratio(2, 1, 3));
  }

  @Test
  void of_roundsInTurns_areDrawnTogether() {
    assertThat(MedianRatio.of(TWO_LEVELS, TWO_LEVELS, true)).isEqualTo(new Ratio(1, 1, 1));
    Ratio apart = MedianRatio.of(TWO_LEVELS, TWO_LEVELS, false);
    assertThat(apart.low()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(apart.high()).isEqualTo(3);
  }

  @Test
  void of_manyIndependentSamples_hasTheIntervalOfTheMedian() {
    // The median of n normal samples has the standard deviation 1.2533 sigma / sqrt(n).
    SplittableRandom random = new SplittableRandom(7);
    List<Double> samples =
        random.doubles(400).mapToObj(u -> 100 + gaussian(u, random.nextDouble())).toList();
    Ratio ratio = MedianRatio.of(new Rounds(List.of(samples)), ONE, false);
    double half = 1.96 * 1.2533 / Math.sqrt(400);
    assertThat((ratio.high() - ratio.low()) / 2).isCloseTo(half, within(half / 3));
    assertThat(ratio.low()).isLessThan(100.1);
    assertThat(ratio.high()).isGreaterThan(99.9);
  }

  private static double gaussian(double u, double v) {
    return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  }

  @Test
  void of_unevenTurns_isRefused() {
    assertThatThrownBy(() -> MedianRatio.of(TWO_LEVELS, ONE, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 1");
  }

  @Test
  void inverse_ofARatio_swapsTheEnds() {
    assertThat(new Ratio(2, 1.6, 4).inverse()).isEqualTo(new Ratio(0.5, 0.25, 0.625));
    assertThat(new Ratio(2, 0.9, 4).clear()).isFalse();
    assertThat(new Ratio(0.5, 0.4, 0.99).clear()).isTrue();
  }
}
