package org.food4j.train.schedule;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A rate that falls to 0 as a power of the share of steps that are left: PyTorch's {@code
 * PolynomialLR}; a power of 1 is a straight line. (ND4J's own {@code PolySchedule} rises.) Counted
 * in steps; immutable.
 *
 * @param rate of the first step, above 0
 * @param power above 0
 * @param totalSteps at least 1; later steps have a rate of 0
 */
public record PolynomialSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("power") double power,
    @JsonProperty("totalSteps") int totalSteps)
    implements ISchedule {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  @JsonCreator
  public PolynomialSchedule {
    RateChecks.requireRate(rate);
    if (!(power > 0) || !Double.isFinite(power)) {
      throw new IllegalArgumentException("A polynomial's power is above 0, not " + power);
    }
    if (totalSteps < 1) {
      throw new IllegalArgumentException(
          "A schedule has at least 1 step, not %s".formatted(totalSteps));
    }
  }

  @Override
  public double valueAt(int step, int epoch) {
    return rate * Math.pow(1 - (double) Math.min(step, totalSteps) / totalSteps, power);
  }

  @Override
  public PolynomialSchedule clone() {
    return new PolynomialSchedule(rate, power, totalSteps);
  }
}
