package org.food4j.train.optimizer;

import org.food4j.train.schedule.ScaledSchedule;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1), as {@code torch.optim.Adam}: weight
 * decay is a part of the gradient, and so of its moments.
 *
 * @param schedule learning rate by step
 * @param weightDecay at least 0; 0 for none
 * @param beta1 share of the mean gradient that a step keeps, 0 to below 1
 * @param beta2 share of the mean squared gradient that a step keeps, 0 to below 1
 * @param epsilon added to the root of the mean squared gradient, above 0
 */
public record Adam(
    ISchedule schedule, double weightDecay, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Adam {
    new AdamUpdater(schedule, beta1, beta2, epsilon);
    new CoupledWeightDecay(weightDecay);
  }

  /** With betas 0.9 and 0.999 and epsilon 1e-8. */
  public Adam(ISchedule schedule, double weightDecay) {
    this(
        schedule,
        weightDecay,
        AdamUpdater.DEFAULT_BETA1,
        AdamUpdater.DEFAULT_BETA2,
        AdamUpdater.DEFAULT_EPSILON);
  }

  @Override
  public Adam scaled(double factor) {
    return new Adam(new ScaledSchedule(schedule, factor), weightDecay, beta1, beta2, epsilon);
  }

  @Override
  public IUpdater updater(int firstStep) {
    return new AdamUpdater(schedule, beta1, beta2, epsilon, firstStep);
  }

  @Override
  public Regularization decay() {
    return new CoupledWeightDecay(weightDecay);
  }
}
