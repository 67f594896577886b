package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code y = gamma (x - mean) / sqrt(variance + eps) + beta} with the mean and the variance of each
 * position's channels (Ba et al. 2016, arXiv 1607.06450, eq. 3). {@link #backward} belongs to the
 * last {@link #forward}.
 */
public interface LayerNormKernel {
  /** Normalises. */
  void forward(INDArray x, INDArray gamma, INDArray beta, INDArray y);

  /** All gradients. */
  void backward(
      INDArray x, INDArray gamma, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta);
}
