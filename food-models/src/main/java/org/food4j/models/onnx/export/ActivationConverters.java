package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** Activation functions, as ND4J and {@code activation} compute them. */
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
        .register(ActivationReLU.class, ActivationConverters::relu)
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
        .register(ActivationSwish.class, ActivationConverters::swish)
        .register(ActivationGELU.class, ActivationConverters::gelu)
        .register(ActivationSoftmax.class, ActivationConverters::softmax);
  }

  private static <T> OnnxConverter<T> operator(String operator) {
    return (f, context) -> context.node(unary(operator, context));
  }

  private static OnnxNode unary(String operator, VertexContext context) {
    return OnnxNode.of(operator, context.input());
  }

  private static String relu(ActivationReLU f, VertexContext context) {
    if (f.getThreshold() != null && f.getThreshold() != 0) {
      throw context.unsupported("ReLU with threshold " + f.getThreshold());
    }
    double slope = f.getNegativeSlope() == null ? 0 : f.getNegativeSlope();
    if (slope == 0 && f.getMax() != null) {
      return clip(context, context.input(), 0, f.getMax());
    }
    String output =
        slope == 0
            ? context.node(unary("Relu", context))
            : context.node(unary("LeakyRelu", context).with("alpha", slope));
    return f.getMax() == null
        ? output
        : context.node(OnnxNode.of("Min", output, context.scalar("max", f.getMax())));
  }

  private static String clip(VertexContext context, String input, double low, double high) {
    return context.node(
        OnnxNode.of("Clip", input, context.scalar("low", low), context.scalar("high", high)));
  }

  private static String swish(ActivationSwish f, VertexContext context) {
    String gate = context.node(unary("Sigmoid", context));
    return context.node(OnnxNode.of("Mul", context.input(), gate));
  }

  /** ND4J's GELU is x sigmoid(1.702 x) unless it is the precise one. */
  private static String gelu(ActivationGELU f, VertexContext context) {
    if (f.isPrecise()) {
      throw context.unsupported("GELU in its precise form");
    }
    String scaled =
        context.node(OnnxNode.of("Mul", context.input(), context.scalar("slope", 1.702)));
    String gate = context.node(OnnxNode.of("Sigmoid", scaled));
    return context.node(OnnxNode.of("Mul", context.input(), gate));
  }

  private static String softmax(ActivationSoftmax f, VertexContext context) {
    if (context.inputType().getType() != InputType.Type.FF) {
      throw context.unsupported("softmax over " + context.inputType());
    }
    return context.node(unary("Softmax", context).with("axis", -1));
  }
}
