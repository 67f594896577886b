package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = f(a + b)}. {@link #backward} belongs to the last {@link #forward}. */
public interface AdditionKernel {
  /** Adds, and keeps what a backward pass needs beside {@code y}. */
  void forward(INDArray a, INDArray b, INDArray y);

  /**
   * The gradient with respect to either summand.
   *
   * @param y as the forward pass wrote it: a layer behind that changes its input in place, as noise
   *     that may change signs does, would falsify a rectifier's gradient
   * @param dx may not share memory with any other array
   */
  void backward(INDArray a, INDArray b, INDArray y, INDArray dy, INDArray dx);
}
