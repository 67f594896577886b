package org.food4j.train.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How sure the mean top-1 of several trainings is, that differ in their seed alone, and its
 * difference between two models: a percentile bootstrap (Efron and Tibshirani 1993, "An
 * Introduction to the Bootstrap", chapter 13) of two levels, over photos and over trainings (Owen
 * 2007, "The pigeonhole bootstrap", arXiv 0712.1111, which is a little wide rather than narrow).
 * The interval says what other photos and other seeds would do.
 *
 * <p>Photos are drawn with replacement, as many as there are, for two models together. Of a model's
 * {@code n} trainings {@code n - 1} are drawn with replacement (Rao and Wu 1988, "Resampling
 * inference with complex survey data"): {@code n} of them would vary by {@code (n - 1) / n} of what
 * seeds do, which is a third too little for three. A single training says nothing of other seeds:
 * its interval is over photos alone.
 */
public final class SeedBootstrap {
  /** Draws, enough for an interval to be steady to a tenth of a point. */
  public static final int RESAMPLES = 10_000;

  private static final long SEED = 1993;

  private SeedBootstrap() {}

  /**
   * A difference.
   *
   * @param value mean of the first less mean of the second, -1 to 1
   * @param low lower end of its 95 % interval
   * @param high upper end
   */
  public record Difference(double value, double low, double high) {
    /** Whether the interval leaves 0 out. */
    public boolean significant() {
      return low > 0 || high < 0;
    }
  }

  /**
   * 95 % interval of a model's mean top-1. Always the same for the same answers.
   *
   * @param trainings of the model, at least one: by photo, whether the answer is right
   * @throws IllegalArgumentException if there is no training or photo, or not the same number
   */
  public static Interval mean(List<boolean[]> trainings) {
    requirePhotos(trainings, trainings);
    return Percentile.interval95(draws(new Seeds(trainings), new Seeds(List.of())));
  }

  /**
   * The difference between two models on the same photos. Always the same for the same answers.
   *
   * @param first trainings of the first model, at least one: by photo, whether the answer is right
   * @param second the same of the second model, of the same photos in the same order
   * @throws IllegalArgumentException if there is no training or photo, or not the same number
   */
  public static Difference difference(List<boolean[]> first, List<boolean[]> second) {
    requirePhotos(first, second);
    double[] draws = draws(new Seeds(first), new Seeds(second));
    Interval interval = Percentile.interval95(draws);
    return new Difference(mean(first, second), interval.low(), interval.high());
  }

  private static double mean(List<boolean[]> first, List<boolean[]> second) {
    Seeds one = new Seeds(first);
    Seeds other = new Seeds(second);
    int photos = first.get(0).length;
    double sum = 0;
    for (int photo = 0; photo < photos; photo++) {
      sum += one.share(photo) - other.share(photo);
    }
    return sum / photos;
  }

  private static void requirePhotos(List<boolean[]> first, List<boolean[]> second) {
    if (first.isEmpty() || second.isEmpty()) {
      throw new IllegalArgumentException("A model is judged by at least one training, not by none");
    }
    int photos = first.get(0).length;
    for (List<boolean[]> trainings : List.of(first, second)) {
      for (boolean[] training : trainings) {
        if (photos == 0 || training.length != photos) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Trainings are compared by the same photos, at least one, not by %d and %d",
                  photos,
                  training.length));
        }
      }
    }
  }

  private static double[] draws(Seeds first, Seeds second) {
    SplittableRandom random = new SplittableRandom(SEED);
    int photos = first.photos();
    double[] means = new double[RESAMPLES];
    for (int draw = 0; draw < RESAMPLES; draw++) {
      first.draw(random);
      second.draw(random);
      double sum = 0;
      for (int i = 0; i < photos; i++) {
        int photo = random.nextInt(photos);
        sum += first.share(photo) - second.share(photo);
      }
      means[draw] = sum / photos;
    }
    return means;
  }

  /** A model's trainings, or those that are drawn of them. */
  private static final class Seeds {
    private final List<boolean[]> all;
    private boolean[][] drawn;

    Seeds(List<boolean[]> all) {
      this.all = all;
      drawn = all.toArray(boolean[][]::new);
    }

    int photos() {
      return drawn[0].length;
    }

    void draw(SplittableRandom random) {
      if (all.size() > 1) {
        drawn = new boolean[all.size() - 1][];
        Arrays.setAll(drawn, i -> all.get(random.nextInt(all.size())));
      }
    }

    /** Of the trainings that get a photo right; 0 without any training. */
    double share(int photo) {
      int right = 0;
      for (boolean[] training : drawn) {
        right += training[photo] ? 1 : 0;
      }
      return right == 0 ? 0 : (double) right / drawn.length;
    }
  }
}
