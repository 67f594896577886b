package org.food4j.train.evaluate;

import java.util.Locale;

/** Quantiles of samples. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The value below which that share of the samples lies, linear between neighbours (definition 7
   * of Hyndman and Fan 1996, "Sample quantiles in statistical packages", NumPy's default).
   *
   * @param ascending at least one value, sorted
   * @param share 0 to 1; 0.5 is the median
   * @throws IllegalArgumentException if there is no value or the share is out of range
   */
  public static double of(double[] ascending, double share) {
    if (ascending.length == 0 || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A quantile is that of a share from 0 to 1 and of at least one value, not of %s and %d",
              share,
              ascending.length));
    }
    double place = share * (ascending.length - 1);
    int below = Math.min((int) place, ascending.length - 1);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
