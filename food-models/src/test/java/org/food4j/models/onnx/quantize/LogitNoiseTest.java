package org.food4j.models.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogitNoiseTest {
  @Test
  void decibels_tenthOfTheAnswer_are20() {
    LogitNoise noise = new LogitNoise();
    noise.add(new float[] {3, 4}, new float[] {3, 4.5f});
    assertThat(noise.decibels()).isCloseTo(20, within(1e-9));
  }

  @Test
  void decibels_allZeroAndEqual_areInfinite() {
    LogitNoise noise = new LogitNoise();
    noise.add(new float[2], new float[2]);
    assertThat(noise.decibels()).isEqualTo(Double.POSITIVE_INFINITY);
    noise.add(new float[2], new float[] {1, 0});
    assertThat(noise.decibels()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
