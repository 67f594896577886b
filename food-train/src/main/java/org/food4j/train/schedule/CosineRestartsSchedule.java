package org.food4j.train.schedule;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Half a cosine from a peak down to a floor, again and again (Loshchilov and Hutter 2017, arXiv
 * 1608.03983, eq. 5): PyTorch's {@code CosineAnnealingWarmRestarts}. Counted in steps; immutable.
 *
 * @param peak rate at the beginning of each period, above 0
 * @param floor rate that each period falls towards, 0 to {@code peak}
 * @param periodSteps length of the first period, at least 1
 * @param periodFactor how much longer each period is than the one before, at least 1
 */
public record CosineRestartsSchedule(
    @JsonProperty("peak") double peak,
    @JsonProperty("floor") double floor,
    @JsonProperty("periodSteps") int periodSteps,
    @JsonProperty("periodFactor") int periodFactor)
    implements ISchedule {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  @JsonCreator
  public CosineRestartsSchedule {
    RateChecks.requireRate(peak);
    if (!(floor >= 0 && floor <= peak)) {
      throw new IllegalArgumentException(
          "The floor lies between 0 and the peak (%s), not at %s".formatted(peak, floor));
    }
    if (periodSteps < 1 || periodFactor < 1) {
      throw new IllegalArgumentException(
          "A period has at least 1 step (%s) and the next is at least as long (times %s)"
              .formatted(periodSteps, periodFactor));
    }
  }

  @Override
  public double valueAt(int step, int epoch) {
    long length = periodSteps;
    long begin = 0;
    if (periodFactor == 1) {
      begin = step / length * length;
    } else {
      while (step - begin >= length) {
        begin += length;
        length *= periodFactor;
      }
    }
    return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * (step - begin) / length));
  }

  @Override
  public CosineRestartsSchedule clone() {
    return new CosineRestartsSchedule(peak, floor, periodSteps, periodFactor);
  }
}
