package org.food4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.food4j.bench.result.Agreement;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.train.evaluate.Scores;
import org.junit.jupiter.api.Test;

class AgreementOfScoresTest {
  private static final Labels LABELS = Labels.of(List.of("pizza", "tart"));

  @Test
  void of_scoresThatDifferOnce_findsTheLargestDifferenceAndTheSameTop1() {
    Agreement agreement = Agreement.of(scores(1, 2, 5, 4), scores(1, 2.5f, 4.25f, 4.5f));
    assertThat(agreement.photos()).isEqualTo(2);
    assertThat(agreement.maxAbsDifference()).isCloseTo(0.75, within(1e-6));
    assertThat(agreement.top1Agreement()).isEqualTo(0.5);
  }

  @Test
  void of_scoresWithNotANumber_neverAgrees() {
    Agreement agreement = Agreement.of(scores(1, 2, 5, 4), scores(1, 2, 5, Float.NaN));
    assertThat(agreement.within(Double.MAX_VALUE)).isFalse();
  }

  @Test
  void of_scoresOfOtherPhotos_isRefused() {
    Scores other = new Scores(LABELS, List.of(entry("c"), entry("d")), new float[4]);
    assertThatThrownBy(() -> Agreement.of(scores(1, 2, 5, 4), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreement_isWithinAToleranceOnlyWithEveryTop1() {
    assertThat(new Agreement(100, 9e-5, 1).within(1e-4)).isTrue();
    assertThat(new Agreement(100, 2e-4, 1).within(1e-4)).isFalse();
    assertThat(new Agreement(100, 9e-5, 0.99).within(1e-4)).isFalse();
    assertThat(new Agreement(100, Double.NaN, 1).within(1e-4)).isFalse();
  }

  @Test
  void agreement_outOfRange_isRefused() {
    assertThatThrownBy(() -> new Agreement(0, 0, 1)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Agreement(1, -1, 1)).hasMessageContaining("not -1.0");
    assertThatThrownBy(() -> new Agreement(1, 0, Double.NaN)).hasMessageContaining("not NaN");
  }

  @Test
  void decibels_ofNoiseOfATenth_areTwenty() {
    assertThat(SignalToNoise.decibels(scores(1, 2, 5, 4), scores(1.1f, 1.8f, 5.5f, 3.6f)))
        .isCloseTo(20, within(1e-5));
    assertThat(SignalToNoise.decibels(scores(1, 2, 5, 4), scores(1, 2, 5, 4))).isInfinite();
    assertThat(SignalToNoise.decibels(scores(1, 2, 5, 4), scores(1, 2, 5, Float.NaN))).isNaN();
    assertThat(SignalToNoise.decibels(scores(0, 0, 0, 0), scores(0, 0, 0, 0))).isInfinite();
  }

  private static Scores scores(float... logits) {
    return new Scores(LABELS, List.of(entry("a"), entry("b")), logits);
  }

  private static ManifestEntry entry(String id) {
    return new ManifestEntry(id, id, 0, Split.TEST, 1, 1, "", "", "");
  }
}
