package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  /**
   * Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
   */
  @Test
  void wilson_ofPublishedCases_equalsTheTable() {
    assertThat(Interval.wilson(81, 263).low()).isCloseTo(0.2553, within(5e-5));
    assertThat(Interval.wilson(81, 263).high()).isCloseTo(0.3662, within(5e-5));
    assertThat(Interval.wilson(15, 148).low()).isCloseTo(0.0624, within(5e-5));
    assertThat(Interval.wilson(15, 148).high()).isCloseTo(0.1605, within(5e-5));
    assertThat(Interval.wilson(0, 20).low()).isEqualTo(0);
    assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Interval.wilson(29, 29).low()).isCloseTo(0.8830, within(5e-5));
    assertThat(Interval.wilson(29, 29).high()).isEqualTo(1);
  }

  @Test
  void wilson_ofImpossibleCounts_isRefused() {
    assertThatThrownBy(() -> Interval.wilson(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 successes of 2 trials");
  }
}
