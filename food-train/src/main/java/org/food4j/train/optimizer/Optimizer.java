package org.food4j.train.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What makes a step of a gradient. The steps are PyTorch's, number by number; biases and batch-norm
 * parameters do not decay. Immutable if the schedule is.
 */
public sealed interface Optimizer permits Sgd, Adam, AdamW {
  /** Learning rate by step. */
  ISchedule schedule();

  /** How strongly weights are pulled to 0, at least 0; 0 for not at all. */
  double weightDecay();

  /**
   * The same at a share of the learning rate.
   *
   * @param factor above 0
   */
  Optimizer scaled(double factor);

  /** The optimiser of the steps, for a layer of its own; weight decay is inherited. */
  default IUpdater updater() {
    return updater(0);
  }

  /**
   * The same for a layer that waits before it learns.
   *
   * @param firstStep the training's step, from 0, that moves the layer first
   */
  IUpdater updater(int firstStep);

  /** How the weights decay. */
  Regularization decay();

  /** Makes this the optimiser of every layer that is built on the configuration. */
  default NeuralNetConfiguration.Builder applyTo(NeuralNetConfiguration.Builder configuration) {
    List<Regularization> regularization = new ArrayList<>(); // DL4J adds to it
    if (weightDecay() > 0) {
      regularization.add(decay());
    }
    return configuration
        .updater(updater())
        .regularization(regularization)
        .regularizationBias(List.of());
  }
}
