package org.food4j.train.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Whether two models differ on the same photos, where each is several trainings: the percentile
 * bootstrap over photos (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13)
 * of the difference between their shares of right answers. A photo counts, for each model, with the
 * share of its trainings that get it right, and photos are drawn together with both shares. The
 * interval says what other photos would do; that the trainings are few is not in it.
 */
public final class PairedBootstrap {
  /** Draws, enough for an interval to be steady to a tenth of a point. */
  public static final int RESAMPLES = 10_000;

  private static final long SEED = 1993;

  private PairedBootstrap() {}

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
   * The difference between two models. Always the same for the same shares.
   *
   * @param first by photo, the share of the first model's trainings that get it right
   * @param second the same of the second model, of the same photos in the same order
   * @throws IllegalArgumentException if there is no photo, or not the same number
   */
  public static Difference of(double[] first, double[] second) {
    if (first.length == 0 || first.length != second.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Two models are compared by the same photos, at least one, not by %d and %d",
              first.length,
              second.length));
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int draw = 0; draw < RESAMPLES; draw++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[draw] = sum / differences.length;
    }
    Arrays.sort(means);
    return new Difference(
        Arrays.stream(differences).average().orElseThrow(),
        percentile(means, 0.025),
        percentile(means, 0.975));
  }

  private static double percentile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) place;
    return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below]);
  }
}
