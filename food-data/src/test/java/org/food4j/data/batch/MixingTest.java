package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
  private static final int PHOTOS = 4;
  private static final int SIZE = 10;
  private static final int LENGTH = 3 * SIZE * SIZE;

  /** Photo n holds the value n everywhere; label n is class n. */
  private final float[] input = new float[PHOTOS * LENGTH];

  private final float[] labels = new float[PHOTOS * PHOTOS];

  MixingTest() {
    for (int n = 0; n < PHOTOS; n++) {
      Arrays.fill(input, n * LENGTH, (n + 1) * LENGTH, n);
      labels[n * PHOTOS + n] = 1;
    }
  }

  private void assertLabelsHaveShare(double share) {
    for (int n = 0; n < PHOTOS; n++) {
      for (int label = 0; label < PHOTOS; label++) {
        double expected = label == n ? share : label == (n + 1) % PHOTOS ? 1 - share : 0;
        assertThat((double) labels[n * PHOTOS + label]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void mixup_blendsEachPhotoAndItsLabelWithTheNext() {
    new Mixing(1, 0).apply(input, labels, PHOTOS, SIZE, new Random(1));

    double share = labels[0];
    assertThat(share).isStrictlyBetween(0.0, 1.0);
    assertLabelsHaveShare(share);
    for (int i = 0; i < input.length; i++) {
      int n = i / LENGTH;
      assertThat((double) input[i])
          .isCloseTo(share * n + (1 - share) * ((n + 1) % PHOTOS), within(1e-5));
    }
  }

  @Test
  void cutmix_showsARectangleOfTheNextAndCountsItsPixels() {
    for (int seed = 0; seed < 200; seed++) {
      MixingTest fresh = new MixingTest();
      fresh.cutAndCheck(new Random(seed * 7919L));
    }
  }

  private void cutAndCheck(Random random) {
    new Mixing(0, 1).apply(input, labels, PHOTOS, SIZE, random);
    int left = SIZE;
    int right = 0;
    int upper = SIZE;
    int lower = 0;
    int cut = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      if (input[i] == 1) {
        cut++;
        left = Math.min(left, i % SIZE);
        right = Math.max(right, i % SIZE + 1);
        upper = Math.min(upper, i / SIZE);
        lower = Math.max(lower, i / SIZE + 1);
      }
    }
    assertThat(cut).isEqualTo(Math.max(0, right - left) * Math.max(0, lower - upper));
    for (int i = 0; i < input.length; i++) {
      int n = i / LENGTH;
      int next = (n + 1) % PHOTOS;
      assertThat(input[i]).isEqualTo(input[i % (SIZE * SIZE)] == 1 ? next : n);
    }
    assertLabelsHaveShare(1 - cut / (double) (SIZE * SIZE));
  }

  @Test
  void both_takeTurnsByChance() {
    int cuts = 0;
    for (int seed = 0; seed < 1000; seed++) {
      MixingTest fresh = new MixingTest();
      new Mixing(1, 1).apply(fresh.input, fresh.labels, PHOTOS, SIZE, new Random(seed * 7919L));
      boolean whole = true;
      for (float value : fresh.input) {
        whole &= value == Math.rint(value);
      }
      cuts += whole ? 1 : 0;
    }
    assertThat(cuts).isBetween(430, 570);
  }

  @Test
  void none_changesNothing() {
    float[] before = input.clone();

    Mixing.NONE.apply(input, labels, PHOTOS, SIZE, new Random(1));

    assertThat(input).isEqualTo(before);
    assertLabelsHaveShare(1);
    assertThat(Mixing.NONE.isOn()).isFalse();
    assertThat(new Mixing(0.1, 0).isOn()).isTrue();
  }

  @Test
  void apply_toASinglePhoto_mixesItWithItself() {
    float[] one = {1, 2, 3};
    float[] label = {0, 1};

    new Mixing(1, 1).apply(one, label, 1, 1, new Random(2));

    assertThat(one).containsExactly(new float[] {1, 2, 3}, within(1e-6f));
    assertThat(label).containsExactly(new float[] {0, 1}, within(1e-6f));
  }

  @Test
  void apply_toPartOfABatch_isRefused() {
    assertThatThrownBy(() -> new Mixing(1, 1).apply(input, labels, PHOTOS, SIZE + 1, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 photos of 11 x 11");
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0", "0, 101", "NaN, 0"})
  void new_outsideTheRange_isRefused(double mixup, double cutmix) {
    assertThatThrownBy(() -> new Mixing(mixup, cutmix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 0 (off) and 100");
  }

  /** Beta(a, a) has mean 1/2 and variance 1 / (4 (2 a + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 0.2, 0.4, 1, 3, 100})
  void beta_hasItsMeanAndVariance(double shape) {
    Random random = new Random(3);
    double sum = 0;
    double squares = 0;
    int draws = 40_000;
    for (int n = 0; n < draws; n++) {
      double share = SymmetricBeta.draw(shape, random);
      assertThat(share).isBetween(0.0, 1.0);
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    double variance = 1 / (4 * (2 * shape + 1));
    assertThat(sum / draws).isCloseTo(0.5, within(4 * Math.sqrt(variance / draws)));
    assertThat(squares / draws / variance).isCloseTo(1, within(0.03));
  }

  /** Its distribution function for a = 1/2 is the arc sine law, for a = 1 the uniform. */
  @Test
  void beta_hasTheKnownQuantiles() {
    Random random = new Random(4);
    int draws = 40_000;
    double[] arcsine = new double[draws];
    double[] uniform = new double[draws];
    for (int n = 0; n < draws; n++) {
      arcsine[n] = SymmetricBeta.draw(0.5, random);
      uniform[n] = SymmetricBeta.draw(1, random);
    }
    Arrays.sort(arcsine);
    Arrays.sort(uniform);
    for (int i = 0; i < draws; i++) {
      double quantile = (i + 0.5) / draws;
      assertThat(uniform[i]).isCloseTo(quantile, within(0.01));
      assertThat(2 / Math.PI * Math.asin(Math.sqrt(arcsine[i]))).isCloseTo(quantile, within(0.01));
    }
  }
}
