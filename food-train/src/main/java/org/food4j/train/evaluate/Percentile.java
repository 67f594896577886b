package org.food4j.train.evaluate;

import java.util.Arrays;

/** Ends of bootstrap intervals. */
final class Percentile {
  private Percentile() {}

  /**
   * From the 2.5 to the 97.5 percentile, linear between neighbours.
   *
   * @param figures of the draws, at least one; are sorted
   */
  static Interval interval95(double[] figures) {
    Arrays.sort(figures);
    return new Interval(Quantiles.of(figures, 0.025), Quantiles.of(figures, 0.975));
  }
}
