package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  @Test
  void of_manyPhotos_isTheNormalApproximationsInterval() {
    // 400 photos: the first alone gets 60 right, the second alone 30
    double[] first = new double[400];
    double[] second = new double[400];
    Arrays.fill(first, 0, 60, 1);
    Arrays.fill(second, 60, 90, 1);
    double mean = 30 / 400.0;
    double error = Math.sqrt((90 / 400.0 - mean * mean) / 400);

    PairedBootstrap.Difference difference = PairedBootstrap.of(first, second);

    assertThat(difference.value()).isCloseTo(mean, within(1e-12));
    assertThat(difference.low()).isCloseTo(mean - Interval.Z_95 * error, within(0.003));
    assertThat(difference.high()).isCloseTo(mean + Interval.Z_95 * error, within(0.003));
    assertThat(difference.significant()).isTrue();
    assertThat(PairedBootstrap.of(second, first).value()).isCloseTo(-mean, within(1e-12));
  }

  @Test
  void of_sharesOfSeveralSeeds_isNarrowerThanOfOne() {
    double[] zeros = new double[100];
    double[] whole = new double[100];
    double[] thirds = new double[100];
    for (int i = 0; i < 99; i++) {
      whole[i] = i < 33 ? 1 : 0;
      thirds[i] = 1 / 3.0;
    }
    PairedBootstrap.Difference one = PairedBootstrap.of(whole, zeros);
    PairedBootstrap.Difference three = PairedBootstrap.of(thirds, zeros);

    assertThat(three.value()).isCloseTo(one.value(), within(1e-12));
    assertThat(three.high() - three.low()).isLessThan(0.3 * (one.high() - one.low()));
  }

  @Test
  void of_equals_isNothing_andOfDifferentPhotosAnError() {
    double[] same = {1, 0, 0.5};
    assertThat(PairedBootstrap.of(same, same))
        .isEqualTo(new PairedBootstrap.Difference(0, 0, 0))
        .matches(difference -> !difference.significant());
    assertThatThrownBy(() -> PairedBootstrap.of(same, new double[2]))
        .hasMessageContaining("3 and 2");
    assertThatThrownBy(() -> PairedBootstrap.of(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
