package org.food4j.train.evaluate;

/**
 * A confidence interval of a share.
 *
 * @param low 0 to 1
 * @param high 0 to 1, at least {@code low}
 */
public record Interval(double low, double high) {
  /**
   * The 97.5 % quantile of the standard normal distribution: a 95 % interval reaches so many
   * standard deviations to either side.
   */
  public static final double Z_95 = 1.959963984540054;

  /**
   * 95 % Wilson score interval (Wilson 1927, "Probable inference, the law of succession, and
   * statistical inference", without continuity correction).
   *
   * @throws IllegalArgumentException if {@code trials} is below 1 or {@code successes} outside 0 to
   *     {@code trials}
   */
  public static Interval wilson(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
    }
    double p = (double) successes / trials;
    double z2 = Z_95 * Z_95 / trials;
    double center = (p + z2 / 2) / (1 + z2);
    double half = Z_95 / (1 + z2) * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials));
    return new Interval(Math.max(0, center - half), Math.min(1, center + half));
  }
}
