package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  private static final double[] FOUR = {1, 2, 4, 8};

  @Test
  void of_shares_isLinearBetweenNeighbours() {
    // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.95, 1])
    assertThat(Quantiles.of(FOUR, 0)).isEqualTo(1);
    assertThat(Quantiles.of(FOUR, 0.1)).isCloseTo(1.3, within(1e-12));
    assertThat(Quantiles.of(FOUR, 0.5)).isEqualTo(3);
    assertThat(Quantiles.of(FOUR, 0.95)).isCloseTo(7.4, within(1e-12));
    assertThat(Quantiles.of(FOUR, 1)).isEqualTo(8);
    assertThat(Quantiles.of(new double[] {5}, 0.3)).isEqualTo(5);
  }

  @Test
  void of_nothingOrAWrongShare_isRefused() {
    assertThatThrownBy(() -> Quantiles.of(new double[0], 0.5)).hasMessageContaining("0.5 and 0");
    assertThatThrownBy(() -> Quantiles.of(FOUR, 1.5)).hasMessageContaining("1.5 and 4");
  }
}
