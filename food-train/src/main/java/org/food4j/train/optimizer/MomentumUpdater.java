package org.food4j.train.optimizer;

import java.util.Objects;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gradient descent with momentum as PyTorch computes it: {@code velocity = momentum * velocity +
 * gradient}, and a step of {@code rate * velocity}, or with Nesterov's look ahead {@code rate *
 * (gradient + momentum * velocity)}.
 *
 * <p>DL4J's own {@code Nesterovs} keeps the learning rate inside the velocity, so that a falling
 * rate reaches the steps late, and has no plain momentum. Not thread-safe against {@link
 * #setLrAndSchedule}.
 */
public final class MomentumUpdater extends ScheduledUpdater {
  private static final long serialVersionUID = 1L;

  private final double momentum;
  private final boolean nesterov;

  /**
   * @param schedule learning rate by step
   * @param momentum share of the velocity that a step keeps, 0 to below 1
   * @param nesterov whether a step looks ahead along the velocity; wants a momentum above 0
   * @throws IllegalArgumentException if a value is outside its range
   */
  @JsonCreator
  public MomentumUpdater(
      @JsonProperty("schedule") ISchedule schedule,
      @JsonProperty("momentum") double momentum,
      @JsonProperty("nesterov") boolean nesterov) {
    super(schedule);
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("Momentum lies between 0 and below 1, not at " + momentum);
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "Nesterov looks ahead along the velocity: set a momentum above 0");
    }
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  double momentum() {
    return momentum;
  }

  boolean nesterov() {
    return nesterov;
  }

  /** A velocity. */
  @Override
  int valuesPerParameter() {
    return 1;
  }

  @Override
  GradientUpdater<?> newState() {
    return new Velocity(this);
  }

  @Override
  public MomentumUpdater clone() {
    return new MomentumUpdater(schedule().clone(), momentum, nesterov);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MomentumUpdater that
        && schedule().equals(that.schedule())
        && momentum == that.momentum
        && nesterov == that.nesterov;
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule(), momentum, nesterov);
  }
}
