package org.food4j.train.loop;

import java.util.Iterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.train.evaluate.Scores;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What is trained, what it learns from, and what it is judged by: an iterator over an epoch's
 * batches. Not thread-safe.
 */
interface TrainingMaterial extends Iterator<DataSet>, AutoCloseable {
  /** What the epoch's batches are fitted to; another one may be in another epoch. */
  ComputationGraph graph();

  /**
   * Goes to the first batch of an epoch.
   *
   * @param epoch from 0
   */
  void startEpoch(int epoch);

  /** The logits of the validation photos. */
  Scores validate();

  /** Releases files and threads. */
  @Override
  void close();
}
