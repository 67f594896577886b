package org.food4j.train.optimizer;

import java.util.Objects;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adam as Kingma and Ba 2015 (arXiv 1412.6980, algorithm 1) and PyTorch compute it: {@code rate *
 * m' / (sqrt(v') + epsilon)} with both moments corrected for their start at 0.
 *
 * <p>DL4J's own {@code Adam} adds epsilon to the uncorrected {@code sqrt(v)}, which makes small
 * gradients' first steps shorter. Not thread-safe against {@link #setLrAndSchedule}.
 */
public final class AdamUpdater extends ScheduledUpdater {
  private static final long serialVersionUID = 1L;

  private final double beta1;
  private final double beta2;
  private final double epsilon;

  /** Left out of the form in which checkpoints hold updaters where it is 0. */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private final int firstStep;

  /**
   * Of parameters that are trained from the first step on.
   *
   * @param schedule learning rate by step
   * @param settings the constants
   */
  public AdamUpdater(ISchedule schedule, AdamSettings settings) {
    this(schedule, settings, 0);
  }

  /**
   * @param schedule learning rate by step
   * @param settings the constants
   * @param firstStep the training's step, from 0, that moves these parameters first: from it on
   *     their moments are corrected, as those of a parameter that PyTorch's Adam meets late
   * @throws IllegalArgumentException if the step is negative
   */
  public AdamUpdater(ISchedule schedule, AdamSettings settings, int firstStep) {
    super(schedule);
    if (firstStep < 0) {
      throw new IllegalArgumentException("Steps count from 0, not from " + firstStep);
    }
    this.firstStep = firstStep;
    beta1 = settings.beta1();
    beta2 = settings.beta2();
    epsilon = settings.epsilon();
  }

  @JsonCreator
  private AdamUpdater(
      @JsonProperty("schedule") ISchedule schedule,
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon,
      @JsonProperty("firstStep") int firstStep) {
    this(schedule, new AdamSettings(beta1, beta2, epsilon), firstStep);
  }

  double beta1() {
    return beta1;
  }

  double beta2() {
    return beta2;
  }

  double epsilon() {
    return epsilon;
  }

  int firstStep() {
    return firstStep;
  }

  /** Two moments. */
  @Override
  int valuesPerParameter() {
    return 2;
  }

  @Override
  GradientUpdater<?> newState() {
    return new AdamMoments(this);
  }

  @Override
  public AdamUpdater clone() {
    return new AdamUpdater(schedule().clone(), new AdamSettings(beta1, beta2, epsilon), firstStep);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdamUpdater that
        && schedule().equals(that.schedule())
        && beta1 == that.beta1
        && beta2 == that.beta2
        && epsilon == that.epsilon
        && firstStep == that.firstStep;
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule(), beta1, beta2, epsilon, firstStep);
  }
}
