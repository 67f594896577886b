package org.food4j.models.activation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HardSwishTest {
  @Test
  void activation_ofFloatsAndDoubles_isTheFormulaInPlace() {
    ActivationContract.assertComputesInPlace(
        new HardSwish(), x -> x * Math.min(Math.max(x + 3, 0), 6) / 6);
  }

  @Test
  void gradient_equalsFiniteDifferences() {
    ActivationContract.assertBackpropagates(new HardSwish());
  }

  @Test
  void configuration_withTheFunction_readsBack() {
    ActivationContract.assertSurvivesJson(new HardSwish());
    assertThat(new HardSwish()).isNotEqualTo(new HardSigmoid());
  }
}
