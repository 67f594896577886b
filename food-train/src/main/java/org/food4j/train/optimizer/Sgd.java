package org.food4j.train.optimizer;

import org.food4j.train.schedule.ScaledSchedule;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Stochastic gradient descent with momentum (Sutskever et al. 2013, section 2), as {@code
 * torch.optim.SGD} with dampening 0: weight decay is a part of the gradient, the learning rate not
 * of the velocity.
 *
 * @param schedule learning rate by step
 * @param momentum share of the velocity that a step keeps, 0 (none) to below 1
 * @param nesterov whether a step looks ahead along the velocity; wants a momentum above 0
 * @param weightDecay at least 0; 0 for none
 */
public record Sgd(ISchedule schedule, double momentum, boolean nesterov, double weightDecay)
    implements Optimizer {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Sgd {
    new MomentumUpdater(schedule, momentum, nesterov);
    new CoupledWeightDecay(weightDecay);
  }

  @Override
  public Sgd scaled(double factor) {
    return new Sgd(new ScaledSchedule(schedule, factor), momentum, nesterov, weightDecay);
  }

  @Override
  public Sgd averagedOver(int workers) {
    return this;
  }

  @Override
  public IUpdater updater(int firstStep) {
    // without a velocity there is nothing to keep between steps
    return momentum == 0
        ? new org.nd4j.linalg.learning.config.Sgd(schedule)
        : new MomentumUpdater(schedule, momentum, nesterov);
  }

  @Override
  public Regularization decay() {
    return new CoupledWeightDecay(weightDecay);
  }
}
