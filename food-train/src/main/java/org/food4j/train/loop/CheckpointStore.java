package org.food4j.train.loop;

import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Where a training leaves its weights and its figures. */
public interface CheckpointStore {
  /** Keeps the state after an epoch: weights and optimiser. */
  void saveLast(ComputationGraph graph) throws IOException;

  /** Keeps the state of the best epoch so far. */
  void saveBest(ComputationGraph graph) throws IOException;

  /** Adds an epoch's line to the metrics. */
  void append(EpochMetrics metrics) throws IOException;
}
