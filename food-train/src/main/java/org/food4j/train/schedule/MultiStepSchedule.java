package org.food4j.train.schedule;

import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A rate that is multiplied by a factor at each milestone: PyTorch's {@code MultiStepLR}. Counted
 * in steps; immutable.
 *
 * @param rate of the first steps, above 0
 * @param factor above 0 and up to 1
 * @param milestones rising numbers of steps, each above 0; the step of that number is the first
 *     with the lower rate
 */
public record MultiStepSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("factor") double factor,
    @JsonProperty("milestones") List<Integer> milestones)
    implements ISchedule {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  @JsonCreator
  public MultiStepSchedule {
    milestones = List.copyOf(milestones);
    RateChecks.requireRate(rate);
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("A factor lies above 0 and up to 1, not at " + factor);
    }
    int last = 0;
    for (int milestone : milestones) {
      if (milestone <= last) {
        throw new IllegalArgumentException(
            "Milestones are above 0 and rise, unlike %s".formatted(milestones));
      }
      last = milestone;
    }
  }

  @Override
  public double valueAt(int step, int epoch) {
    long passed = milestones.stream().filter(milestone -> milestone <= step).count();
    return rate * Math.pow(factor, passed);
  }

  @Override
  public MultiStepSchedule clone() {
    return new MultiStepSchedule(rate, factor, milestones);
  }
}
