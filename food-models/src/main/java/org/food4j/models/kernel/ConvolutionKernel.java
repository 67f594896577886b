package org.food4j.models.kernel;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution; kernels are {@code [filters, channels / groups, height, width]}, row-major.
 *
 * <p>Backward: Goodfellow et al. 2016, Deep Learning, section 9.5.
 */
public interface ConvolutionKernel {
  /**
   * {@code y = x * weights + bias}.
   *
   * @param bias {@code [filters]}, or null
   */
  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

  /**
   * {@code y = function(scale (x * weights) + shift)}, the form of a convolution whose batch
   * normalisation is folded into it.
   *
   * @param scale {@code [filters]}, or null for 1
   * @param shift {@code [filters]}, or null for 0
   */
  void infer(
      INDArray x,
      INDArray weights,
      INDArray scale,
      INDArray shift,
      IActivation function,
      INDArray y);

  /**
   * All gradients, written over what was there.
   *
   * @param dx null if it is not wanted
   * @param dBias {@code [filters]}, or null
   */
  void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dWeights, INDArray dBias);
}
