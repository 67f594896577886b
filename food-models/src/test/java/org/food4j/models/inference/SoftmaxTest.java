package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static final float[] TWO_ROWS = {9, 9, 9, 0, (float) Math.log(2), (float) Math.log(5)};

  @Test
  void probabilities_ofTheSecondRow_areItsNormalisedExponentials() {
    assertThat(new Softmax(1).probabilities(TWO_ROWS, 1, 3))
        .containsExactly(new float[] {1 / 8f, 2 / 8f, 5 / 8f}, within(1e-6f));
  }

  @Test
  void probabilities_atTemperature2_areThoseOfSquareRoots() {
    double sum = 1 + Math.sqrt(2) + Math.sqrt(5);

    assertThat(new Softmax(2).probabilities(TWO_ROWS, 1, 3))
        .containsExactly(
            new float[] {
              (float) (1 / sum), (float) (Math.sqrt(2) / sum), (float) (Math.sqrt(5) / sum)
            },
            within(1e-6f));
  }

  @Test
  void probabilities_ofHugeLogits_doNotOverflow() {
    assertThat(new Softmax(1).probabilities(new float[] {3e38f, -3e38f}, 0, 2))
        .containsExactly(1, 0);
  }

  @Test
  void probabilities_ofNaN_areRefused() {
    assertThatThrownBy(() -> new Softmax(1).probabilities(new float[] {1, Float.NaN}, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class 1 is NaN");
  }

  @Test
  void softmax_temperature0_isRefused() {
    assertThatThrownBy(() -> new Softmax(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
