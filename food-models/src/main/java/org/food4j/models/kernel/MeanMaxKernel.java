package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean and maximum beside each other, over the positions of each channel or the other way round.
 */
public interface MeanMaxKernel {
  /**
   * Writes both.
   *
   * @param y means first, then maxima
   */
  void forward(INDArray x, INDArray y);

  /**
   * The gradient with respect to the input. Values that share a maximum share its gradient evenly,
   * as in PyTorch's {@code amax}.
   *
   * @param y as the forward pass wrote it
   */
  void backward(INDArray x, INDArray y, INDArray dy, INDArray dx);
}
