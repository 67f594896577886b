package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedBootstrapTest {
  private static boolean[] answers(int photos, int from, int to) {
    boolean[] right = new boolean[photos];
    Arrays.fill(right, from, to, true);
    return right;
  }

  @Test
  void difference_ofManyPhotos_isTheNormalApproximationsInterval() {
    // 400 photos: the first alone gets 60 right, the second alone 30
    List<boolean[]> first = List.of(answers(400, 0, 60));
    List<boolean[]> second = List.of(answers(400, 60, 90));
    double mean = 30 / 400.0;
    double error = Math.sqrt((90 / 400.0 - mean * mean) / 400);

    SeedBootstrap.Difference difference = SeedBootstrap.difference(first, second);

    assertThat(difference.value()).isCloseTo(mean, within(1e-12));
    assertThat(difference.low()).isCloseTo(mean - Interval.Z_95 * error, within(0.003));
    assertThat(difference.high()).isCloseTo(mean + Interval.Z_95 * error, within(0.003));
    assertThat(difference.significant()).isTrue();
    assertThat(SeedBootstrap.difference(second, first).value()).isCloseTo(-mean, within(1e-12));
    // against a model that gets nothing right, the mean itself
    Interval own = SeedBootstrap.mean(first);
    SeedBootstrap.Difference nothing = SeedBootstrap.difference(first, List.of(answers(400, 0, 0)));
    assertThat(own).isEqualTo(new Interval(nothing.low(), nothing.high()));
  }

  @Test
  void mean_ofTrainingsThatAgree_isTheIntervalOfOne() {
    boolean[] one = answers(400, 0, 300);

    Interval several = SeedBootstrap.mean(List.of(one, one.clone(), one.clone()));

    assertThat(several.low()).isCloseTo(SeedBootstrap.mean(List.of(one)).low(), within(0.003));
    assertThat(several.high()).isCloseTo(SeedBootstrap.mean(List.of(one)).high(), within(0.003));
  }

  /**
   * The variance of the mean over drawn photos and trainings has a closed form: with m of n
   * trainings drawn and all N photos, the weights of two trainings have the second moment {@code (1
   * - 1/m) / n^2}, and {@code 1 / (m n)} more if they are the same; those of photos likewise.
   */
  @Test
  void mean_ofTrainingsThatDiffer_isAsWideAsTheVarianceOfBoth() {
    int seeds = 8;
    int photos = 500;
    Random random = new Random(5);
    List<boolean[]> trainings = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      double skill = 0.5 + 0.3 * seed / seeds;
      boolean[] right = new boolean[photos];
      for (int photo = 0; photo < photos; photo++) {
        right[photo] = random.nextDouble() < skill + (photo % 2 == 0 ? 0.1 : -0.1);
      }
      trainings.add(right);
    }
    double second = 0;
    double mean = 0;
    for (int s = 0; s < seeds; s++) {
      mean += share(trainings.get(s), trainings.get(s)) / seeds;
      for (int t = 0; t < seeds; t++) {
        boolean[] one = trainings.get(s);
        boolean[] other = trainings.get(t);
        double overPhotos =
            (1 - 1.0 / photos) * share(one, one) * share(other, other) + share(one, other) / photos;
        double weight =
            (1 - 1.0 / (seeds - 1)) / (seeds * seeds) + (s == t ? 1.0 / ((seeds - 1) * seeds) : 0);
        second += weight * overPhotos;
      }
    }
    double error = Math.sqrt(second - mean * mean);

    Interval interval = SeedBootstrap.mean(trainings);

    assertThat(interval.low()).isCloseTo(mean - Interval.Z_95 * error, within(0.06 * error));
    assertThat(interval.high()).isCloseTo(mean + Interval.Z_95 * error, within(0.06 * error));
    double photosAlone = Math.sqrt(mean * (1 - mean) / photos);
    assertThat(error).isGreaterThan(1.5 * photosAlone); // what it would be without the seeds
    SeedBootstrap.Difference against =
        SeedBootstrap.difference(trainings, List.of(answers(photos, 0, photos)));
    assertThat(against.value()).isCloseTo(mean - 1, within(1e-12));
    assertThat(against.high() - against.low())
        .isCloseTo(interval.high() - interval.low(), within(1e-12));
  }

  private static double share(boolean[] one, boolean[] other) {
    int both = 0;
    for (int photo = 0; photo < one.length; photo++) {
      both += one[photo] && other[photo] ? 1 : 0;
    }
    return (double) both / one.length;
  }

  @Test
  void difference_ofEquals_isNothing_andOfDifferentPhotosAnError() {
    List<boolean[]> same = List.of(new boolean[] {true, false, true});
    assertThat(SeedBootstrap.difference(same, same))
        .isEqualTo(new SeedBootstrap.Difference(0, 0, 0))
        .matches(difference -> !difference.significant());
    assertThatThrownBy(() -> SeedBootstrap.difference(same, List.of(new boolean[2])))
        .hasMessageContaining("3 and 2");
    assertThatThrownBy(() -> SeedBootstrap.mean(List.of(new boolean[0])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SeedBootstrap.mean(List.of()))
        .hasMessageContaining("at least one training");
  }
}
