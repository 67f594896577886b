package org.food4j.train.optimizer;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adam as Kingma and Ba 2015 (arXiv 1412.6980, algorithm 1) and PyTorch compute it: {@code rate *
 * m' / (sqrt(v') + epsilon)} with both moments corrected for their start at 0.
 *
 * <p>DL4J's own {@code Adam} adds epsilon to the uncorrected {@code sqrt(v)}, which makes small
 * gradients' first steps shorter. Not thread-safe against {@link #setLrAndSchedule}.
 */
public final class AdamUpdater implements IUpdater {
  static final double DEFAULT_BETA1 = 0.9;
  static final double DEFAULT_BETA2 = 0.999;
  static final double DEFAULT_EPSILON = 1e-8;

  private static final long serialVersionUID = 1L;

  private ISchedule schedule;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final int firstStep;

  /**
   * Of parameters that are trained from the first step on.
   *
   * @param schedule learning rate by step
   * @param beta1 share of the mean gradient that a step keeps, 0 to below 1
   * @param beta2 share of the mean squared gradient that a step keeps, 0 to below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a value is outside its range
   */
  public AdamUpdater(ISchedule schedule, double beta1, double beta2, double epsilon) {
    this(schedule, beta1, beta2, epsilon, 0);
  }

  /**
   * @param schedule learning rate by step
   * @param beta1 share of the mean gradient that a step keeps, 0 to below 1
   * @param beta2 share of the mean squared gradient that a step keeps, 0 to below 1
   * @param epsilon above 0
   * @param firstStep the training's step, from 0, that moves these parameters first: from it on
   *     their moments are corrected, as those of a parameter that PyTorch's Adam meets late
   * @throws IllegalArgumentException if a value is outside its range
   */
  @JsonCreator
  public AdamUpdater(
      @JsonProperty("schedule") ISchedule schedule,
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon,
      @JsonProperty("firstStep") int firstStep) {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam's betas lie between 0 and below 1, not at %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0) || !Double.isFinite(epsilon)) {
      throw new IllegalArgumentException("Adam's epsilon is above 0, not " + epsilon);
    }
    if (firstStep < 0) {
      throw new IllegalArgumentException("Steps count from 0, not from " + firstStep);
    }
    this.schedule = Objects.requireNonNull(schedule);
    this.firstStep = firstStep;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
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

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return schedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  /** A fixed rate where no schedule is given. */
  @Override
  public void setLrAndSchedule(double rate, ISchedule newSchedule) {
    schedule = newSchedule == null ? new FixedSchedule(rate) : newSchedule;
  }

  /** Two moments for each parameter. */
  @Override
  public long stateSize(long parameters) {
    return 2 * parameters;
  }

  @Override
  public GradientUpdater<AdamUpdater> instantiate(INDArray state, boolean initialize) {
    AdamMoments moments = new AdamMoments(this);
    moments.setStateViewArray(state, new long[] {state.length() / 2}, state.ordering(), initialize);
    return moments;
  }

  @Override
  public GradientUpdater<AdamUpdater> instantiate(Map<String, INDArray> state, boolean initialize) {
    AdamMoments moments = new AdamMoments(this);
    moments.setState(state, initialize);
    return moments;
  }

  @Override
  public AdamUpdater clone() {
    return new AdamUpdater(schedule.clone(), beta1, beta2, epsilon, firstStep);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdamUpdater that
        && schedule.equals(that.schedule)
        && beta1 == that.beta1
        && beta2 == that.beta2
        && epsilon == that.epsilon
        && firstStep == that.firstStep;
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule, beta1, beta2, epsilon, firstStep);
  }
}
