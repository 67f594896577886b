package org.food4j.train.loop;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training after one of its epochs, as a store has kept it.
 *
 * @param epochs the figures of all epochs so far, in order; at least one
 * @param trained what is trained, after the last of them: weights, optimiser's state, counts of
 *     steps and epochs
 * @param average the parameters averaged over the steps so far, where the recipe wants it
 * @param bestPart behind a frozen part, what is trained as it was after the best epoch; empty if
 *     that is the last one, and where the whole network is trained
 */
public record Checkpoint(
    List<EpochMetrics> epochs,
    ComputationGraph trained,
    Optional<INDArray> average,
    Optional<ComputationGraph> bestPart) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Checkpoint {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("A checkpoint is one of at least one epoch");
    }
  }

  /**
   * Gives a graph the trained one's state, so that its next step is the one that the trained graph
   * would do. It is not replaced by it: a graph read from a file is not built as a recipe builds
   * it.
   *
   * @throws IllegalArgumentException if the graph is another network's
   */
  void restore(ComputationGraph graph) {
    if (graph.numParams() != trained.numParams()) {
      throw new IllegalArgumentException(
          "The checkpoint is of a network of %s parameters, the recipe's has %s: resume with the recipe and the data set that the run was started with"
              .formatted(trained.numParams(), graph.numParams()));
    }
    graph.setParams(trained.params());
    graph.getUpdater(true).setStateViewArray(trained.getUpdater(true).getStateViewArray());
    graph.getConfiguration().setIterationCount(trained.getIterationCount());
    graph.getConfiguration().setEpochCount(trained.getEpochCount());
  }
}
