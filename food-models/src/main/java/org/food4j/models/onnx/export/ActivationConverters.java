package org.food4j.models.onnx.export;

import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** Activation functions that are one operator, as ND4J and {@code activation} compute them. */
final class ActivationConverters {
  private ActivationConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ActivationIdentity.class, (f, context) -> context.input())
        .register(ActivationSigmoid.class, operator("Sigmoid"))
        .register(ActivationTanH.class, operator("Tanh"))
        .register(ActivationSoftPlus.class, operator("Softplus"))
        .register(ActivationSoftSign.class, operator("Softsign"))
        .register(ActivationSELU.class, operator("Selu"))
        .register(ActivationReLU6.class, (f, context) -> clip(context, context.input(), 0, 6))
        .register(ActivationHardTanH.class, (f, context) -> clip(context, context.input(), -1, 1))
        .register(
            ActivationHardSigmoid.class,
            (f, context) ->
                context.node(unary("HardSigmoid", context).with("alpha", 0.2).with("beta", 0.5)))
        .register(
            HardSigmoid.class,
            (f, context) ->
                context.node(
                    unary("HardSigmoid", context).with("alpha", 1.0 / 6).with("beta", 0.5)))
        .register(HardSwish.class, operator("HardSwish"))
        .register(
            ActivationLReLU.class,
            (f, context) -> context.node(unary("LeakyRelu", context).with("alpha", f.getAlpha())))
        .register(
            ActivationELU.class,
            (f, context) -> context.node(unary("Elu", context).with("alpha", f.getAlpha())))
        .register(
            ActivationThresholdedReLU.class,
            (f, context) ->
                context.node(unary("ThresholdedRelu", context).with("alpha", f.getTheta())))
        .register(ActivationSoftmax.class, ActivationConverters::softmax);
    ComposedActivationConverters.register(registry);
  }

  private static <T> OnnxConverter<T> operator(String operator) {
    return (f, context) -> context.node(unary(operator, context));
  }

  private static OnnxNode unary(String operator, VertexContext context) {
    return OnnxNode.of(operator, context.input());
  }

  static String clip(VertexContext context, String input, double low, double high) {
    return context.node(
        OnnxNode.of("Clip", input, context.scalar("low", low), context.scalar("high", high)));
  }

  /** ND4J takes the last axis of its array, whatever that axis holds. */
  private static String softmax(ActivationSoftmax f, VertexContext context) {
    return context.node(unary("Softmax", context).with("axis", context.shape().axis(-1)));
  }
}
