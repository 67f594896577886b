package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The product of spatial attention (Woo et al. 2018, arXiv 1807.06521, eq. 2). */
public interface PositionScaleKernel {
  /**
   * {@code y[n, h, w, c] = maps[n, h, w, c] factors[n, h, w, 0]}.
   *
   * @param factors {@code [batch, height, width, 1]}
   * @param y may be {@code maps}
   */
  void forward(INDArray maps, INDArray factors, INDArray y);

  /**
   * Both gradients.
   *
   * @param dFactors {@code [batch, height, width, 1]}: the sum over the channels of {@code dy maps}
   */
  void backward(INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors);
}
