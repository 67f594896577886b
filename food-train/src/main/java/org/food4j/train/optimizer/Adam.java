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
 * @param settings the constants
 */
public record Adam(ISchedule schedule, double weightDecay, AdamSettings settings)
    implements Optimizer {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the weight decay is negative or no finite number
   */
  public Adam {
    UnscoredWeightDecay.requireCoefficient(weightDecay);
  }

  /** With {@link AdamSettings#DEFAULT}. */
  public Adam(ISchedule schedule, double weightDecay) {
    this(schedule, weightDecay, AdamSettings.DEFAULT);
  }

  @Override
  public Adam scaled(double factor) {
    return new Adam(new ScaledSchedule(schedule, factor), weightDecay, settings);
  }

  @Override
  public Adam averagedOver(int workers) {
    return workers == 1 ? this : scaled(Math.sqrt(workers));
  }

  @Override
  public IUpdater updater(int firstStep) {
    return new AdamUpdater(schedule, settings, firstStep);
  }

  @Override
  public Regularization decay() {
    return new CoupledWeightDecay(weightDecay);
  }
}
