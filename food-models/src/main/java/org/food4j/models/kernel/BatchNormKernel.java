package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code y = gamma (x - mean) / sqrt(variance + eps) + beta} over each channel (Ioffe and Szegedy
 * 2015, arXiv 1502.03167, algorithm 1), or max(y, 0). {@link #backward} belongs to the last {@link
 * #forward}.
 */
public interface BatchNormKernel {
  /**
   * With the batch's own statistics, which it writes.
   *
   * @param mean receives the mean of each channel
   * @param variance receives the variance, divided by the number of values
   */
  void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

  /** With given statistics. */
  void infer(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

  /**
   * All gradients, through the batch's statistics.
   *
   * @param dx may be {@code dy}
   */
  void backward(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta);

  /** With given statistics, keeping what {@link #backwardFrozen} needs. */
  void forwardFrozen(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

  /**
   * All gradients where the statistics are constants: {@code dx = dy gamma / sqrt(variance + eps)}.
   * Belongs to the last {@link #forwardFrozen}.
   *
   * @param dx may be {@code dy}
   */
  void backwardFrozen(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta);
}
