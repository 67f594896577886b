package org.food4j.models.activation;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Relu6;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code relu6(x + 3) / 6}, the gate of MobileNetV3's squeeze-and-excitation (Howard et al. 2019,
 * arXiv 1905.02244, section 5.3). ND4J's own hard sigmoid is Keras' {@code 0.2 x + 0.5}.
 * Thread-safe.
 */
public final class HardSigmoid extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;

  /** The function; it has no settings. */
  public HardSigmoid() {}

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    in.addi(3);
    Nd4j.exec(new Relu6(in));
    return in.divi(6);
  }

  /** {@code epsilon / 6} where {@code |x| < 3}, in a new array. */
  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    INDArray slanted = Transforms.abs(in).lt(3).castTo(in.dataType());
    return new Pair<>(slanted.muli(epsilon).divi(6), null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HardSigmoid;
  }

  @Override
  public int hashCode() {
    return HardSigmoid.class.getName().hashCode();
  }

  @Override
  public String toString() {
    return "hardsigmoid(relu6)";
  }
}
