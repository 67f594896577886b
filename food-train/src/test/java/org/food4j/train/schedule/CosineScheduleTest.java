package org.food4j.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {
  private final CosineSchedule schedule = new CosineSchedule(0.4, 0.1, 4, 14);

  @Test
  void value_inTheWarmUp_risesInEqualSteps() {
    assertThat(schedule.valueAt(0, 0)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.valueAt(1, 0)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.valueAt(3, 0)).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void value_afterTheWarmUp_followsHalfACosine() {
    assertThat(schedule.valueAt(4, 0)).isCloseTo(0.4, within(1e-12));
    assertThat(schedule.valueAt(9, 0)).isCloseTo(0.25, within(1e-12)); // half way, the mean
    // 0.1 + 0.3 * 0.5 * (1 + cos(0.3 pi))
    assertThat(schedule.valueAt(7, 0)).isCloseTo(0.338167787843871, within(1e-12));
  }

  @Test
  void value_atTheEndAndLater_isTheFloor() {
    assertThat(schedule.valueAt(14, 0)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.valueAt(1000, 7)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void warmUp_ofAllSteps_isRefused() {
    assertThatThrownBy(() -> new CosineSchedule(1, 0, 10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 steps");
  }
}
