package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.food4j.models.kernel.AdditionKernel;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A sum with the function in the same pass. A rectifier's gradient needs no more than the sign of
 * the result; for any other function the sum is computed again.
 */
final class Addition implements AdditionKernel {
  private final boolean rectified;
  private final FunctionKernel function;
  private final Binary fused;
  private final Binary plain;

  /**
   * @param eltwise null for the identity
   * @param function the same, as a kernel; null for the identity
   */
  Addition(MapShape shape, Eltwise eltwise, FunctionKernel function) {
    this.function = function;
    rectified = eltwise != null && eltwise.isRelu();
    memory.desc maps = Layouts.maps(shape);
    plain = new Binary(algorithm.binary_add, maps, maps, null);
    fused = eltwise == null ? plain : new Binary(algorithm.binary_add, maps, maps, eltwise);
  }

  @Override
  public void forward(INDArray a, INDArray b, INDArray y) {
    fused.run(a, b, y);
    if (fused == plain && function != null) {
      function.forward(y, y);
    }
  }

  @Override
  public void backward(INDArray a, INDArray b, INDArray y, INDArray dy, INDArray dx) {
    if (function == null) {
      dx.assign(dy);
    } else if (rectified) {
      function.backward(y, dy, dx);
    } else {
      INDArray sum = Nd4j.createUninitialized(y.dataType(), y.shape(), 'c');
      plain.run(a, b, sum);
      function.backward(sum, dy, dx);
    }
  }
}
