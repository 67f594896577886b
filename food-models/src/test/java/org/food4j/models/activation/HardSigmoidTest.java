package org.food4j.models.activation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HardSigmoidTest {
  @Test
  void activation_ofFloatsAndDoubles_isTheFormulaInPlace() {
    ActivationContract.assertComputesInPlace(
        new HardSigmoid(), x -> Math.min(Math.max(x + 3, 0), 6) / 6);
  }

  @Test
  void gradient_equalsFiniteDifferences() {
    ActivationContract.assertBackpropagates(new HardSigmoid());
  }

  @Test
  void configuration_withTheFunction_readsBack() {
    ActivationContract.assertSurvivesJson(new HardSigmoid());
    assertThat(new HardSigmoid()).isNotEqualTo(new HardSwish());
  }
}
