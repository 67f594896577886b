package org.food4j.train.loop;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** Watches a training. All methods are called by the training thread, which waits for them. */
public interface TrainingObserver {
  /**
   * Before the first step.
   *
   * @param graph about to be trained; DL4J listeners may be added
   * @param epochs at most so many
   * @param stepsPerEpoch in each of them
   */
  default void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {}

  /**
   * After each step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param loss of the step's batch
   */
  default void step(int epoch, int step, double loss) {}

  /**
   * After each epoch and its validation.
   *
   * @param best whether no earlier epoch was better
   */
  default void epoch(EpochMetrics metrics, boolean best) {}
}
