package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void around_valuesNearZero_beginsThere() {
    Axis axis = Axis.around(0.3, 3.7, 5);

    assertThat(axis).isEqualTo(new Axis(0, 4, 1));
    assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(axis.share(1)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void around_valuesFarFromZero_staysThere() {
    assertThat(Axis.around(92, 97.5, 5)).isEqualTo(new Axis(92, 98, 2));
  }

  @Test
  void around_negativeValues_holdsThem() {
    Axis axis = Axis.around(-3.2, 1, 5);

    assertThat(axis.min()).isLessThanOrEqualTo(-3.2);
    assertThat(axis.max()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void around_constantValues_leavesRoom() {
    assertThat(Axis.around(0, 0, 5).share(0)).isZero();
    assertThat(Axis.around(5, 5, 5).share(5)).isCloseTo(0.5, within(1e-9));
    assertThat(Axis.around(-5, -5, 5).share(-5)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void whole_ofFewEpochs_countsByOne() {
    assertThat(Axis.whole(1, 3, 6).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Axis.whole(1, 20, 6).ticks()).containsExactly(5.0, 10.0, 15.0, 20.0);
    assertThat(Axis.whole(1, 1, 6).share(1)).isEqualTo(0.5);
  }
}
