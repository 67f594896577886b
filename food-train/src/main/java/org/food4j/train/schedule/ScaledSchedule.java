package org.food4j.train.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A share of another schedule's learning rate, at every step. Immutable if the other is. */
public final class ScaledSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final ISchedule schedule;
  private final double factor;

  /**
   * @param factor above 0
   * @throws IllegalArgumentException if it is not
   */
  @JsonCreator
  public ScaledSchedule(
      @JsonProperty("schedule") ISchedule schedule, @JsonProperty("factor") double factor) {
    if (!(factor > 0) || !Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "A learning rate is scaled by a number above 0, not " + factor);
    }
    this.schedule = Objects.requireNonNull(schedule);
    this.factor = factor;
  }

  /** What is scaled. */
  public ISchedule getSchedule() {
    return schedule;
  }

  /** The share. */
  public double getFactor() {
    return factor;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return factor * schedule.valueAt(iteration, epoch);
  }

  @Override
  public ScaledSchedule clone() {
    return new ScaledSchedule(schedule.clone(), factor);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScaledSchedule that
        && schedule.equals(that.schedule)
        && factor == that.factor;
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule, factor);
  }
}
