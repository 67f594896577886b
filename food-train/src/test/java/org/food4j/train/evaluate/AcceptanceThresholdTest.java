package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceThresholdTest {
  @Test
  void choose_asManyRightAnswersAsItTakes_liesHalfwayToTheFirstRefused() {
    // 73 right answers of 73 have the lower end 73 / (73 + 1.96^2) = 0.95001
    Evaluation evaluation = new Answers().add(73, true, 0.75).add(5, false, 0.25).of(10);

    AcceptanceThreshold chosen = AcceptanceThreshold.choose(evaluation, 0.95).orElseThrow();

    assertThat(chosen.threshold()).isEqualTo(0.5);
    assertThat(chosen.point()).isEqualTo(new RiskCoverage.Point(0.75, 73, 73, 78));
  }

  @Test
  void choose_oneAnswerTooFew_isEmptyThoughAllAreRight() {
    Evaluation evaluation = new Answers().add(72, true, 0.75).add(5, false, 0.25).of(10);

    assertThat(AcceptanceThreshold.choose(evaluation, 0.95)).isEmpty();
    RiskCoverage.Point nearest = AcceptanceThreshold.nearest(evaluation);
    assertThat(nearest.accepted()).isEqualTo(72);
    assertThat(nearest.accuracyInterval().low()).isCloseTo(0.9493, within(1e-4));
  }

  @Test
  void choose_ofSeveralThatReachIt_isTheLowest() {
    // 80 of 80; then 80 of 90, too few; then 240 of 250, whose lower end is 0.928
    Evaluation evaluation =
        new Answers().add(80, true, 0.875).add(10, false, 0.75).add(160, true, 0.5).of(10);

    assertThat(AcceptanceThreshold.choose(evaluation, 0.92).orElseThrow().point().accepted())
        .isEqualTo(250);
    assertThat(AcceptanceThreshold.choose(evaluation, 0.94).orElseThrow().point().accepted())
        .isEqualTo(80);
  }

  @Test
  void choose_whereAllAnswersMayCount_liesAboveWhatKnowsNothing() {
    Evaluation evaluation = new Answers().add(100, true, 0.75, 0.5).of(4);

    assertThat(AcceptanceThreshold.choose(evaluation, 0.95).orElseThrow().threshold())
        .isEqualTo((0.5 + 1 / 4.0) / 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 95, Double.NaN})
  void choose_anAccuracyOutsideItsRange_isRefused(double accuracy) {
    Evaluation evaluation = new Answers().add(1, true, 0.5).of(4);

    assertThatThrownBy(() -> AcceptanceThreshold.choose(evaluation, accuracy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 and below 1, not " + accuracy);
  }
}
