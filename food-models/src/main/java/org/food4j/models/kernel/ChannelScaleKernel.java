package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Squeeze-and-excitation's product (Hu et al. 2018, arXiv 1709.01507, eq. 4). */
public interface ChannelScaleKernel {
  /**
   * {@code y[n, h, w, c] = maps[n, h, w, c] factors[n, c]}.
   *
   * @param factors {@code [batch, channels]}
   */
  void forward(INDArray maps, INDArray factors, INDArray y);

  /**
   * Both gradients.
   *
   * @param dFactors {@code [batch, channels]}: the sum over the positions of {@code dy maps}
   */
  void backward(INDArray maps, INDArray factors, INDArray dy, INDArray dMaps, INDArray dFactors);
}
