package org.food4j.train.schedule;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Half a cosine up from a {@value #INITIAL_DIVISOR}th of a peak, then half a cosine down to a
 * {@value #FINAL_DIVISOR}th of that (Smith and Topin 2018, arXiv 1708.07120): PyTorch's {@code
 * OneCycleLR} with two phases and {@code pct_start = riseSteps / totalSteps}. The momentum stays as
 * it is, as with PyTorch's {@code cycle_momentum=False}. Counted in steps; immutable.
 *
 * @param peak highest rate, that of the last step of the rise; above 0
 * @param riseSteps at least 1
 * @param totalSteps above {@code riseSteps}; the last one and those after it have the lowest rate
 */
public record OneCycleSchedule(
    @JsonProperty("peak") double peak,
    @JsonProperty("riseSteps") int riseSteps,
    @JsonProperty("totalSteps") int totalSteps)
    implements ISchedule {
  /** The peak divided by the rate of the first step. */
  public static final double INITIAL_DIVISOR = 25;

  /** The rate of the first step divided by that of the last. */
  public static final double FINAL_DIVISOR = 1e4;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  @JsonCreator
  public OneCycleSchedule {
    RateChecks.requireRate(peak);
    if (riseSteps < 1 || totalSteps <= riseSteps) {
      throw new IllegalArgumentException(
          "One cycle rises for at least 1 step and falls afterwards, unlike %s of %s steps"
              .formatted(riseSteps, totalSteps));
    }
  }

  @Override
  public double valueAt(int step, int epoch) {
    double initial = peak / INITIAL_DIVISOR;
    int top = riseSteps - 1;
    if (step < top) {
      return between(initial, peak, (double) step / top);
    }
    double fallen = Math.min(1, (double) (step - top) / (totalSteps - 1 - top));
    return between(peak, initial / FINAL_DIVISOR, fallen);
  }

  private static double between(double from, double to, double progress) {
    return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  @Override
  public OneCycleSchedule clone() {
    return new OneCycleSchedule(peak, riseSteps, totalSteps);
  }
}
