package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One value per window and channel. {@link #backward} belongs to the last {@link #forward}. */
public interface PoolingKernel {
  /** Pools, and keeps what a backward pass needs. */
  void forward(INDArray x, INDArray y);

  /** Pools only. */
  void infer(INDArray x, INDArray y);

  /**
   * The gradient with respect to the input.
   *
   * @param x as it was in the forward pass
   */
  void backward(INDArray x, INDArray dy, INDArray dx);
}
