package org.food4j.train.device;

import org.nd4j.linalg.dataset.DataSet;

/** Computes a graph's gradients of a batch. Not thread-safe. */
public interface BatchGradient {
  /**
   * Goes forward and backward, and leaves the gradients, summed over the photos, in the graph's
   * flattened gradients, and batch normalisation's running statistics moved.
   *
   * @param batch of at least as many photos as there are replicas
   * @param seed of dropout and stochastic depth
   * @return the loss, averaged over the photos, with the regularisation's
   */
  double compute(DataSet batch, long seed);
}
