package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RiskCoverageTest {
  /** By falling probability: right, then one right and one wrong alike, wrong, right. */
  private static final RiskCoverage CURVE =
      RiskCoverage.of(
          new Answers().add(1, true, 0.5, 0.75).add(1, false, 0.625, 0.75).add(1, true, 1).of(3));

  @Test
  void of_answers_countsThoseOfEachThreshold() {
    assertThat(CURVE.points())
        .containsExactly(
            new RiskCoverage.Point(1, 1, 1, 5),
            new RiskCoverage.Point(0.75, 3, 2, 5),
            new RiskCoverage.Point(0.625, 4, 2, 5),
            new RiskCoverage.Point(0.5, 5, 3, 5));
    RiskCoverage.Point two = CURVE.points().get(1);
    assertThat(two.coverage()).isEqualTo(0.6);
    assertThat(two.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void area_isTheMeanRiskWithEqualsInRandomOrder() {
    // answered:  1 | 2: none or one wrong | 3      | 4      | 5
    double byHand = (0 + (0 + 1 / 2.0) / 2 + 1 / 3.0 + 2 / 4.0 + 2 / 5.0) / 5;

    assertThat(CURVE.area()).isCloseTo(byHand, within(1e-12));
  }

  @Test
  void area_ofConfidenceThatSaysNothing_isTheRisk() {
    RiskCoverage curve =
        RiskCoverage.of(new Answers().add(30, true, 0.5).add(10, false, 0.5).of(2));

    assertThat(curve.area()).isCloseTo(0.25, within(1e-12));
  }

  /**
   * Geifman et al. 2019, "Bias-Reduced Uncertainty Estimation": r + (1 - r) ln(1 - r) for a risk r.
   */
  @Test
  void area_ofAPerfectRanking_approachesTheClosedForm() {
    RiskCoverage curve =
        RiskCoverage.of(new Answers().add(30_000, true, 0.75).add(10_000, false, 0.5).of(2));

    assertThat(curve.area()).isCloseTo(0.25 + 0.75 * Math.log(0.75), within(1e-4));
  }

  @Test
  void at_aThreshold_isThePointOfTheLowestAnswered() {
    assertThat(CURVE.at(0.7)).hasValue(CURVE.points().get(1));
    assertThat(CURVE.at(0.75)).hasValue(CURVE.points().get(1));
    assertThat(CURVE.at(0)).hasValue(CURVE.points().get(3));
    assertThat(CURVE.at(1.5)).isEmpty();
  }
}
