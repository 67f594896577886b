package org.food4j.bench.result;

/**
 * A ratio with its 95 % interval.
 *
 * @param value above 0
 * @param low lower end of the interval
 * @param high upper end
 */
public record Ratio(double value, double low, double high) {
  /** Whether the interval leaves 1 out: that the two are different can be seen. */
  public boolean clear() {
    return low > 1 || high < 1;
  }

  /** The ratio the other way round. */
  public Ratio inverse() {
    return new Ratio(1 / value, 1 / high, 1 / low);
  }
}
