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

  /**
   * The optimiser of one of several workers, whose weights and states are averaged every few steps:
   * the mean of their steps, each of a batch of its own, goes as far as one step of this optimiser
   * that sees all their batches.
   *
   * <p>SGD's steps add up, and stay as they are. Adam divides by the root of the second moment, in
   * which a worker's batch, being {@code workers} times smaller, leaves that much more of the
   * gradient's noise, so that its steps are too short by up to the root of {@code workers}: the
   * square-root rule of Malladi et al. 2022, arXiv 2205.10287. Decoupled weight decay keeps its
   * strength.
   *
   * @param workers at least 1
   */
  Optimizer averagedOver(int workers);

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
