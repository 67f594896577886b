package org.food4j.train.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A linear rise to another schedule's first rate, then that schedule (Goyal et al. 2017, arXiv
 * 1706.02677, section 2.2): in PyTorch a {@code SequentialLR} of {@code LinearLR(start_factor=1 /
 * warmUpSteps, total_iters=warmUpSteps - 1)} and the other one. Counted in steps; immutable if the
 * other schedule is.
 *
 * @param schedule after the warm-up, which is its step 0
 * @param warmUpSteps at least 0; step 0 already has a share of {@code 1 / warmUpSteps}
 */
public record WarmUpSchedule(
    @JsonProperty("schedule") ISchedule schedule, @JsonProperty("warmUpSteps") int warmUpSteps)
    implements ISchedule {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the warm-up has a negative number of steps
   */
  @JsonCreator
  public WarmUpSchedule {
    Objects.requireNonNull(schedule);
    if (warmUpSteps < 0) {
      throw new IllegalArgumentException(
          "A warm-up has at least 0 steps, not %s".formatted(warmUpSteps));
    }
  }

  @Override
  public double valueAt(int step, int epoch) {
    return step < warmUpSteps
        ? schedule.valueAt(0, epoch) * (step + 1) / warmUpSteps
        : schedule.valueAt(step - warmUpSteps, epoch);
  }

  @Override
  public WarmUpSchedule clone() {
    return new WarmUpSchedule(schedule.clone(), warmUpSteps);
  }
}
