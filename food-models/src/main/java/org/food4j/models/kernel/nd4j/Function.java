package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.FunctionKernel;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.EluBp;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J activation function, which works in place, as one that keeps its arguments. */
final class Function implements FunctionKernel {
  private final IActivation function;

  Function(IActivation function) {
    if (function instanceof ActivationRReLU) {
      throw new IllegalArgumentException(
          "A function that is random in training is not supported: " + function);
    }
    this.function = function;
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    if (x != y) {
      y.assign(x);
    }
    function.getActivation(y, false);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    if (function instanceof ActivationELU elu) {
      // by the operation: 1.0.0-M2.1's class forgets alpha in its gradient
      Nd4j.exec(new EluBp(x, dy, dx, elu.getAlpha()));
    } else {
      dx.assign(function.backprop(x.dup('c'), dy.dup('c')).getFirst());
    }
  }
}
