package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled dot-product attention in several heads (Vaswani et al. 2017, arXiv 1706.03762, eq. 1)
 * among the positions of each map: {@code softmax(q k' / sqrt(d)) v}.
 */
public interface AttentionKernel {
  /**
   * Attends.
   *
   * @param x {@code [batch, height, width, 3 channels]}: queries, keys, values, each with the
   *     channels of one head beside each other
   * @param y {@code [batch, height, width, channels]}
   */
  void forward(INDArray x, INDArray y);

  /** The gradient with respect to the input. */
  void backward(INDArray x, INDArray dy, INDArray dx);
}
