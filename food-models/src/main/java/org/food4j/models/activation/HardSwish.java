package org.food4j.models.activation;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code x relu6(x + 3) / 6}, MobileNetV3's cheap swish (Howard et al. 2019, arXiv 1905.02244,
 * section 5.2). Thread-safe.
 */
public final class HardSwish extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;

  private static final HardSigmoid GATE = new HardSigmoid();

  /** The function; it has no settings. */
  public HardSwish() {}

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return in.muli(GATE.getActivation(in.dup(), training));
  }

  /** {@code epsilon (gate(x) + x gate'(x))}, in a new array. */
  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    INDArray gate = GATE.getActivation(in.dup(), true);
    INDArray slope = gate.addi(GATE.backprop(in, in).getFirst());
    return new Pair<>(slope.muli(epsilon), null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HardSwish;
  }

  @Override
  public int hashCode() {
    return HardSwish.class.getName().hashCode();
  }

  @Override
  public String toString() {
    return "hardswish";
  }
}
