package org.food4j.train.schedule;

/** What every schedule asks of its numbers. */
final class RateChecks {
  private RateChecks() {}

  static void requireRate(double rate) {
    if (!(rate > 0) || !Double.isFinite(rate)) {
      throw new IllegalArgumentException("A learning rate is above 0, not " + rate);
    }
  }
}
