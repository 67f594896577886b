package org.food4j.train.schedule;

import java.util.Locale;
import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Linear warm-up, then half a cosine down to a floor (Loshchilov and Hutter 2017, arXiv 1608.03983,
 * eq. 5, one period). Counted in steps: DL4J's iterations. Immutable.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double peak;
  private final double floor;
  private final int warmUpSteps;
  private final int totalSteps;

  /**
   * @param peak learning rate at the end of the warm-up, above 0
   * @param floor learning rate at the end, 0 to {@code peak}
   * @param warmUpSteps the first steps, whose rate rises linearly to {@code peak}; step 0 already
   *     has {@code peak / warmUpSteps}
   * @param totalSteps including the warm-up; later steps keep the floor
   */
  @JsonCreator
  public CosineSchedule(
      @JsonProperty("peak") double peak,
      @JsonProperty("floor") double floor,
      @JsonProperty("warmUpSteps") int warmUpSteps,
      @JsonProperty("totalSteps") int totalSteps) {
    if (!(peak > 0) || !(floor >= 0) || floor > peak) {
      throw new IllegalArgumentException(
          "The learning rate falls from a peak above 0 (%s) to a floor between 0 and it (%s)"
              .formatted(peak, floor));
    }
    if (warmUpSteps < 0 || totalSteps <= warmUpSteps) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A schedule of %d steps cannot hold %d steps of warm-up",
              totalSteps,
              warmUpSteps));
    }
    this.peak = peak;
    this.floor = floor;
    this.warmUpSteps = warmUpSteps;
    this.totalSteps = totalSteps;
  }

  /** Learning rate at the end of the warm-up. */
  public double getPeak() {
    return peak;
  }

  /** Learning rate at the end. */
  public double getFloor() {
    return floor;
  }

  /** Steps of rising learning rate. */
  public int getWarmUpSteps() {
    return warmUpSteps;
  }

  /** All steps, the warm-up included. */
  public int getTotalSteps() {
    return totalSteps;
  }

  @Override
  public double valueAt(int step, int epoch) {
    if (step < warmUpSteps) {
      return peak * (step + 1) / warmUpSteps;
    }
    double progress = Math.min(1, (double) (step - warmUpSteps) / (totalSteps - warmUpSteps));
    return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  @Override
  public CosineSchedule clone() {
    return new CosineSchedule(peak, floor, warmUpSteps, totalSteps);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CosineSchedule that
        && peak == that.peak
        && floor == that.floor
        && warmUpSteps == that.warmUpSteps
        && totalSteps == that.totalSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(peak, floor, warmUpSteps, totalSteps);
  }
}
