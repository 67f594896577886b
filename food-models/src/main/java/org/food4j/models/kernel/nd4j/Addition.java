package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.AdditionKernel;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

final class Addition implements AdditionKernel {
  private final Function function;

  Addition(IActivation function) {
    this.function = new Function(function);
  }

  @Override
  public void forward(INDArray a, INDArray b, INDArray y) {
    a.addi(b, y);
    function.forward(y, y);
  }

  @Override
  public void backward(INDArray a, INDArray b, INDArray y, INDArray dy, INDArray dx) {
    function.backward(a.add(b), dy, dx);
  }
}
