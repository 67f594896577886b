package org.food4j.train.search;

import java.util.Locale;

/**
 * Which learning rates a range test goes through.
 *
 * @param low rate of the first step, above 0
 * @param high rate of the last, above {@code low}
 * @param steps of a batch each, at least 20
 * @param stopAt the test ends where the smoothed loss is so many times its minimum, above 1
 */
public record RangeTestSettings(double low, double high, int steps, double stopAt) {
  /** Fewer steps give no curve to read a rate from. */
  public static final int FEWEST_STEPS = 20;

  /** From 1e-7 to 10 in 100 steps, to the fourfold of the lowest loss: fastai's. */
  public static final RangeTestSettings DEFAULT = new RangeTestSettings(1e-7, 10, 100, 4);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public RangeTestSettings {
    if (!(low > 0) || !(high > low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "A range test goes from a rate above 0 to a higher one, not from %s to %s"
              .formatted(low, high));
    }
    if (steps < FEWEST_STEPS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A range test has at least %d steps, not %d: fewer give no curve",
              FEWEST_STEPS,
              steps));
    }
    if (!(stopAt > 1)) {
      throw new IllegalArgumentException(
          "A range test ends where the loss is some multiple of its minimum, above 1, not "
              + stopAt);
    }
  }

  /** By which the rate grows from step to step. */
  double growth() {
    return Math.pow(high / low, 1.0 / (steps - 1));
  }
}
