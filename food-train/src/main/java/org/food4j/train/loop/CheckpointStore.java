package org.food4j.train.loop;

import java.io.IOException;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a training leaves its weights and its figures.
 *
 * <p>After each epoch it calls {@link #append}, {@link #saveLast} and, if the epoch is the best so
 * far, {@link #saveBest} or {@link #saveBestPart}. The epoch counts as soon as {@code saveLast} has
 * replaced the state whole. What was added before belongs to it; what comes after can be made
 * again, because the best epoch's weights are then those of the state. So whenever a process ends,
 * {@link #recover} finds the training after its last whole epoch.
 */
public interface CheckpointStore {
  /** Adds an epoch's line to the metrics. */
  void append(EpochMetrics metrics) throws IOException;

  /**
   * Replaces the state by that after an epoch: weights, optimiser, counts of steps and epochs.
   * Where a part of the network is frozen, or waits to be released, the graph is the other part
   * alone.
   *
   * @param average the graph's parameter vector averaged over its steps, where the recipe wants it
   */
  void saveLast(ComputationGraph graph, Optional<INDArray> average) throws IOException;

  /**
   * Keeps the weights of the best epoch so far, averaged where the recipe wants it, of the whole
   * network. Where a part of it is frozen for good, this is called once, at the end.
   */
  void saveBest(ComputationGraph graph) throws IOException;

  /**
   * Keeps the weights of the best epoch so far of what is trained behind a frozen part, which a
   * resumed training needs; a store that recovers nothing has no use for them, and this keeps none.
   */
  default void saveBestPart(ComputationGraph graph) throws IOException {}

  /**
   * Drops what belongs to no whole epoch, and reads the state after the last one.
   *
   * @return empty if no epoch is whole, and from a store that cannot be read, such as this one
   * @throws IOException if the state is damaged
   */
  default Optional<Checkpoint> recover() throws IOException {
    return Optional.empty();
  }
}
