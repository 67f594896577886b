package org.food4j.train.loop;

import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Where a training leaves its weights and its figures. */
public interface CheckpointStore {
  /**
   * Keeps the state after an epoch: weights and optimiser. Where a part of the network is frozen,
   * the graph is the other part alone.
   */
  void saveLast(ComputationGraph graph) throws IOException;

  /**
   * Keeps the weights of the best epoch so far, of the whole network. Where a part of it is frozen,
   * this is called once, at the end.
   */
  void saveBest(ComputationGraph graph) throws IOException;

  /** Adds an epoch's line to the metrics. */
  void append(EpochMetrics metrics) throws IOException;
}
