package org.food4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void inverse_ofCounts_isInProportionToOneOverNWithMeanOne() {
    // 1/100, 1/50, 1/25 are 1 : 2 : 4, their mean 7/3
    assertThat(ClassWeights.inverse(100, 50, 25).toArray())
        .containsExactly(new double[] {3 / 7.0, 6 / 7.0, 12 / 7.0}, within(1e-12));
  }

  @Test
  void effective_ofCounts_followsTheFormula() {
    // (1 - 0.9^2) / (1 - 0.9) = 1.9 samples count for two photos, 1 for one: weights 1/1.9 and 1
    double mean = (1 / 1.9 + 1) / 2;
    assertThat(ClassWeights.effective(0.9, 2, 1).toArray())
        .containsExactly(new double[] {1 / 1.9 / mean, 1 / mean}, within(1e-12));
  }

  @Test
  void effective_betaFromZeroTowardsOne_goesFromEqualToInverse() {
    assertThat(ClassWeights.effective(0, 7, 7000).areEqual()).isTrue();
    assertThat(ClassWeights.effective(1 - 1e-12, 7, 7000).toArray())
        .containsExactly(ClassWeights.inverse(7, 7000).toArray(), within(1e-6));
    double[] between = ClassWeights.effective(0.999, 7, 7000).toArray();
    assertThat(between[0] / between[1]).isBetween(10.0, 999.0);
  }

  @Test
  void weights_withoutPhotosOrOutsideTheirRange_areRefused() {
    assertThatThrownBy(() -> ClassWeights.inverse(3, 0, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 4 classes those of index [1, 3]");
    assertThatThrownBy(() -> ClassWeights.effective(1, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0");
    assertThatThrownBy(() -> new ClassWeights(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(ClassWeights::inverse).isInstanceOf(IllegalArgumentException.class);
  }
}
