package org.food4j.models.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** An element-wise function of maps. */
public interface FunctionKernel {
  /** {@code y = f(x)}; both may be one array. */
  void forward(INDArray x, INDArray y);

  /** {@code dx = f'(x) dy}; {@code dx} may be {@code dy}. */
  void backward(INDArray x, INDArray dy, INDArray dx);
}
