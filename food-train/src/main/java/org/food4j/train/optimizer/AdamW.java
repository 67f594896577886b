package org.food4j.train.optimizer;

import org.food4j.train.schedule.ScaledSchedule;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2), as
 * {@code torch.optim.AdamW}: a step takes {@code learning rate * decay * weight} off a weight,
 * whatever the gradient.
 *
 * @param schedule learning rate by step
 * @param weightDecay at least 0; 0 for none
 * @param settings the constants
 */
public record AdamW(ISchedule schedule, double weightDecay, AdamSettings settings)
    implements Optimizer {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the weight decay is negative or no finite number
   */
  public AdamW {
    UnscoredWeightDecay.requireCoefficient(weightDecay);
  }

  /** With {@link AdamSettings#DEFAULT}. */
  public AdamW(ISchedule schedule, double weightDecay) {
    this(schedule, weightDecay, AdamSettings.DEFAULT);
  }

  @Override
  public AdamW scaled(double factor) {
    return new AdamW(new ScaledSchedule(schedule, factor), weightDecay, settings);
  }

  @Override
  public AdamW averagedOver(int workers) {
    double longer = Math.sqrt(workers);
    return workers == 1
        ? this
        : new AdamW(new ScaledSchedule(schedule, longer), weightDecay / longer, settings);
  }

  @Override
  public IUpdater updater(int firstStep) {
    return new AdamUpdater(schedule, settings, firstStep);
  }

  @Override
  public Regularization decay() {
    return new DecoupledWeightDecay(weightDecay);
  }
}
