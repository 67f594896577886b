package org.food4j.models.onnx.export;

import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSwish;

/**
 * Activation functions that take several operators of opset 17, as ND4J computes them at inference.
 */
final class ComposedActivationConverters {
  private ComposedActivationConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ActivationReLU.class, ComposedActivationConverters::relu)
        .register(ActivationRReLU.class, ComposedActivationConverters::randomized)
        .register(ActivationSwish.class, ComposedActivationConverters::swish)
        .register(ActivationMish.class, ComposedActivationConverters::mish)
        .register(ActivationGELU.class, ComposedActivationConverters::gelu)
        .register(ActivationCube.class, ComposedActivationConverters::cube)
        .register(ActivationRectifiedTanh.class, ComposedActivationConverters::rectifiedTanh)
        .register(ActivationRationalTanh.class, ComposedActivationConverters::rationalTanh);
  }

  private static String relu(ActivationReLU f, VertexContext context) {
    double threshold = f.getThreshold() == null ? 0 : f.getThreshold();
    double slope = f.getNegativeSlope() == null ? 0 : f.getNegativeSlope();
    if (threshold == 0 && slope == 0 && f.getMax() != null) {
      return ActivationConverters.clip(context, context.input(), 0, f.getMax());
    }
    String output = rectified(threshold, slope, context);
    return f.getMax() == null
        ? output
        : context.node(OnnxNode.of("Min", output, context.scalar("max", f.getMax())));
  }

  /** x from the threshold on, slope (x - threshold) below it. */
  private static String rectified(double threshold, double slope, VertexContext context) {
    if (threshold == 0) {
      return slope == 0
          ? context.node(OnnxNode.of("Relu", context.input()))
          : context.node(OnnxNode.of("LeakyRelu", context.input()).with("alpha", slope));
    }
    String bound = context.scalar("threshold", threshold);
    String passes = context.node(OnnxNode.of("GreaterOrEqual", context.input(), bound));
    String below = context.node(OnnxNode.of("Sub", context.input(), bound));
    String low = multiplied(below, "slope", slope, context);
    return context.node(OnnxNode.of("Where", passes, context.input(), low));
  }

  /** ND4J cuts off at the mean of the bounds instead of multiplying by it. */
  private static String randomized(ActivationRReLU f, VertexContext context) {
    double mean = 0.5 * (f.getL() + f.getU());
    return context.node(OnnxNode.of("Max", context.input(), context.scalar("mean", mean)));
  }

  private static String swish(ActivationSwish f, VertexContext context) {
    String gate = context.node(OnnxNode.of("Sigmoid", context.input()));
    return context.node(OnnxNode.of("Mul", context.input(), gate));
  }

  /** x tanh(softplus(x)). */
  private static String mish(ActivationMish f, VertexContext context) {
    String softplus = context.node(OnnxNode.of("Softplus", context.input()));
    String gate = context.node(OnnxNode.of("Tanh", softplus));
    return context.node(OnnxNode.of("Mul", context.input(), gate));
  }

  /** x sigmoid(1.702 x), or if precise x/2 (1 + tanh(sqrt(2/pi) (x + (0.044715 x)^3))). */
  private static String gelu(ActivationGELU f, VertexContext context) {
    if (!f.isPrecise()) {
      String scaled = multiplied(context.input(), "slope", 1.702, context);
      String gate = context.node(OnnxNode.of("Sigmoid", scaled));
      return context.node(OnnxNode.of("Mul", context.input(), gate));
    }
    String small = multiplied(context.input(), "small", 0.044715, context);
    String bent = context.node(OnnxNode.of("Add", context.input(), cubed(small, context)));
    String angle = multiplied(bent, "root", Math.sqrt(2 / Math.PI), context);
    String tanh = context.node(OnnxNode.of("Tanh", angle));
    String gate = context.node(OnnxNode.of("Add", tanh, context.scalar("one", 1)));
    String half = multiplied(context.input(), "half", 0.5, context);
    return context.node(OnnxNode.of("Mul", half, gate));
  }

  private static String cube(ActivationCube f, VertexContext context) {
    return cubed(context.input(), context);
  }

  private static String rectifiedTanh(ActivationRectifiedTanh f, VertexContext context) {
    String tanh = context.node(OnnxNode.of("Tanh", context.input()));
    return context.node(OnnxNode.of("Relu", tanh));
  }

  /** 1.7159 sign(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4)) with y = 2/3 x. */
  private static String rationalTanh(ActivationRationalTanh f, VertexContext context) {
    String y = multiplied(context.input(), "two_thirds", 2.0 / 3, context);
    String absolute = context.node(OnnxNode.of("Abs", y));
    String square = context.node(OnnxNode.of("Mul", y, y));
    String fourth = context.node(OnnxNode.of("Mul", square, square));
    String one = context.scalar("one", 1);
    String sum = context.node(OnnxNode.of("Add", absolute, one));
    sum = context.node(OnnxNode.of("Add", sum, square));
    sum =
        context.node(OnnxNode.of("Add", sum, multiplied(fourth, "coefficient", 1.41645, context)));
    String rest = context.node(OnnxNode.of("Div", one, sum));
    String magnitude = context.node(OnnxNode.of("Sub", one, rest));
    String sign = context.node(OnnxNode.of("Sign", y));
    String signed = context.node(OnnxNode.of("Mul", sign, magnitude));
    return multiplied(signed, "scale", 1.7159, context);
  }

  private static String cubed(String tensor, VertexContext context) {
    String square = context.node(OnnxNode.of("Mul", tensor, tensor));
    return context.node(OnnxNode.of("Mul", square, tensor));
  }

  private static String multiplied(
      String tensor, String key, double factor, VertexContext context) {
    return context.node(OnnxNode.of("Mul", tensor, context.scalar(key, factor)));
  }
}
