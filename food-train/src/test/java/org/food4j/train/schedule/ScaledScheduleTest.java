package org.food4j.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.schedule.ISchedule;

class ScaledScheduleTest {
  private static final CosineSchedule COSINE = new CosineSchedule(0.01, 0.001, 3, 10);

  @Test
  void value_atEveryStep_isAShareOfTheOthers() {
    ScaledSchedule scaled = new ScaledSchedule(COSINE, 0.25);
    for (int step = 0; step < 12; step++) {
      assertThat(scaled.valueAt(step, 0)).isEqualTo(0.25 * COSINE.valueAt(step, 0));
    }
  }

  @Test
  void json_readBack_givesAnEqualSchedule() throws Exception {
    ScaledSchedule nested = new ScaledSchedule(new ScaledSchedule(COSINE, 0.5), 0.7);
    var mapper = NeuralNetConfiguration.mapper();
    ISchedule read = mapper.readValue(mapper.writeValueAsString(nested), ISchedule.class);
    assertThat(read).isEqualTo(nested).hasSameHashCodeAs(nested);
    assertThat(nested.clone()).isEqualTo(nested).isNotSameAs(nested);
  }

  @Test
  void equality_dependsOnScheduleAndFactor() {
    ScaledSchedule scaled = new ScaledSchedule(COSINE, 0.25);
    assertThat(scaled)
        .isNotEqualTo(new ScaledSchedule(COSINE, 0.5))
        .isNotEqualTo(new ScaledSchedule(new CosineSchedule(0.01, 0.001, 3, 11), 0.25))
        .isNotEqualTo(COSINE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void factor_notAboveZero_isRefused(double factor) {
    assertThatThrownBy(() -> new ScaledSchedule(COSINE, factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0, not " + factor);
  }
}
