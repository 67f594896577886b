package org.food4j.models.kernel.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.activation.KnownFunctions;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** oneDNN's name for an activation function. */
record Eltwise(algorithm kind, float alpha, float beta) {
  /** Empty for a function that oneDNN does not have, or that is the identity. */
  static Optional<Eltwise> of(IActivation function) {
    Class<?> type = function.getClass();
    if (type == ActivationReLU.class) {
      return ofRelu((ActivationReLU) function);
    } else if (type == ActivationReLU6.class) {
      return Optional.of(new Eltwise(algorithm.eltwise_bounded_relu, 6, 0));
    } else if (type == ActivationSwish.class) {
      return Optional.of(new Eltwise(algorithm.eltwise_swish, 1, 0));
    } else if (type == ActivationSigmoid.class) {
      return Optional.of(new Eltwise(algorithm.eltwise_logistic, 0, 0));
    } else if (type == ActivationTanH.class) {
      return Optional.of(new Eltwise(algorithm.eltwise_tanh, 0, 0));
    } else if (type == HardSwish.class) {
      return Optional.of(new Eltwise(algorithm.eltwise_hardswish, 0, 0));
    } else if (type == ActivationELU.class) {
      float alpha = (float) ((ActivationELU) function).getAlpha();
      return Optional.of(new Eltwise(algorithm.eltwise_elu, alpha, 0));
    }
    return Optional.empty();
  }

  private static Optional<Eltwise> ofRelu(ActivationReLU function) {
    double slope = function.getNegativeSlope() == null ? 0 : function.getNegativeSlope();
    return KnownFunctions.isUnbounded(function)
        ? Optional.of(new Eltwise(algorithm.eltwise_relu, (float) slope, 0))
        : Optional.empty();
  }

  /** Whether it is max(x, 0), whose gradient needs no more than the sign of the result. */
  boolean isRelu() {
    return kind == algorithm.eltwise_relu && alpha == 0;
  }
}
