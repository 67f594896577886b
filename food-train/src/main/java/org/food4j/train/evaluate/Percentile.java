package org.food4j.train.evaluate;

import java.util.Arrays;

/** Ends of bootstrap intervals. */
final class Percentile {
  private Percentile() {}

  /**
   * From the 2.5 to the 97.5 percentile, linear between neighbours.
   *
   * @param figures of the draws, at least two; are sorted
   */
  static Interval interval95(double[] figures) {
    Arrays.sort(figures);
    return new Interval(at(figures, 0.025), at(figures, 0.975));
  }

  private static double at(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) place;
    return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below]);
  }
}
