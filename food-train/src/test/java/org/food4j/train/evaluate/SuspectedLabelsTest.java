package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspectedLabelsTest {
  private static final int CLASSES = 20;
  private static final int PHOTOS = 1000;

  /**
   * A classifier's logits with noise, one in twenty labels flipped to another class.
   *
   * @param flipped takes the flipped photos' paths
   */
  private static Scores noisy(double margin, long seed, Set<String> flipped) {
    Random random = new Random(seed);
    int[] labels = new int[PHOTOS];
    float[][] logits = new float[PHOTOS][CLASSES];
    for (int i = 0; i < PHOTOS; i++) {
      int shown = i % CLASSES;
      for (int label = 0; label < CLASSES; label++) {
        logits[i][label] = (float) (random.nextGaussian() + (label == shown ? margin : 0));
      }
      labels[i] = shown;
      if (i % 20 == i / 20 % 20) {
        labels[i] = (shown + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
        flipped.add("p" + i);
      }
    }
    return ScoredPhotos.of(labels, logits);
  }

  @Test
  void flippedLabels_ofAClassifierOfNineInTen_areAmongTheSuspects() {
    for (long seed = 1; seed <= 5; seed++) {
      Set<String> flipped = new HashSet<>();
      Scores scores = noisy(4, seed, flipped);
      assertThat(flipped).hasSize(PHOTOS / 20);
      assertThat(Evaluation.of(scores, "test", 1).top1()).isBetween(0.8, 0.95);

      List<SuspectedLabels.Suspect> suspects = SuspectedLabels.of(scores, SuspectedLabels.SHARE);

      assertThat(suspects).hasSizeLessThanOrEqualTo(PHOTOS * 15 / 100);
      assertThat(suspects.stream().filter(s -> flipped.contains(s.path())))
          .as("seed " + seed)
          .hasSizeGreaterThanOrEqualTo(PHOTOS / 20 * 8 / 10);
      assertThat(suspects).extracting(SuspectedLabels.Suspect::path).doesNotHaveDuplicates();
    }
  }

  @Test
  void confidentSuspects_comeFirstTheLeastSelfConfidentAtTheTop() {
    // ln 9: 0.9 against 0.1; both classes' mean self-confidence is 0.5 or more
    float sure = (float) Math.log(9);
    float unsure = (float) Math.log(1.5); // 0.6 against 0.4
    Scores scores =
        ScoredPhotos.of(
            new int[] {0, 0, 0, 1, 1, 1, 0, 1},
            new float[][] {
              {sure, 0},
              {sure, 0},
              {sure, 0},
              {0, sure},
              {0, sure},
              {0, sure},
              {0, unsure},
              {sure, 0}
            });

    List<SuspectedLabels.Suspect> suspects = SuspectedLabels.of(scores, 1);

    assertThat(suspects).extracting(SuspectedLabels.Suspect::path).containsExactly("p7", "p6");
    SuspectedLabels.Suspect first = suspects.get(0);
    assertThat(first.confident()).isTrue();
    assertThat(first.label().name()).isEqualTo("c1");
    assertThat(first.suggested().name()).isEqualTo("c0");
    assertThat(first.confidence()).isCloseTo(0.9, within(1e-6));
    assertThat(first.selfConfidence()).isCloseTo(0.1, within(1e-6));
    assertThat(suspects.get(1).confident()).isFalse(); // 0.6 is below class 1's mean of 0.7
    assertThat(SuspectedLabels.of(scores, 0.125)).containsExactly(first);
    assertThat(SuspectedLabels.of(scores, 0)).isEmpty();
  }

  @Test
  void share_outsideItsRange_isRefused() {
    Scores scores = ScoredPhotos.of(new int[] {0}, new float[][] {{1, 0}});
    assertThatThrownBy(() -> SuspectedLabels.of(scores, 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a share from 0 to 1 of the photos, not 15.0");
  }
}
