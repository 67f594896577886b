package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fully connected layers ({@code Gemm}), and one weight for each feature ({@code Mul}). */
final class FeedForwardConverters {
  private FeedForwardConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(DenseLayer.class, FeedForwardConverters::dense)
        .register(OutputLayer.class, FeedForwardConverters::output)
        // The centres serve the loss alone.
        .register(CenterLossOutputLayer.class, FeedForwardConverters::output)
        .register(ElementWiseMultiplicationLayer.class, FeedForwardConverters::elementWise);
  }

  private static String dense(DenseLayer layer, VertexContext context) {
    return layer.hasLayerNorm()
        ? normalized(layer, context)
        : linear(context, layer.hasBias(), layer.getActivationFn());
  }

  /** x W, normalised over the features, times the gain, plus the bias. */
  private static String normalized(DenseLayer layer, VertexContext context) {
    requireVector(context);
    INDArray weights = context.parameter(DefaultParamInitializer.WEIGHT_KEY);
    String product =
        context.node(
            OnnxNode.of(
                "MatMul",
                context.input(),
                context.weights(DefaultParamInitializer.WEIGHT_KEY, weights, weights.shape())));
    OnnxNode node =
        OnnxNode.of(
            "LayerNormalization", product, vector(DefaultParamInitializer.GAIN_KEY, context));
    if (layer.hasBias()) {
      node = node.and(vector(DefaultParamInitializer.BIAS_KEY, context));
    }
    TensorShape output = context.shape().withChannels(weights.size(1));
    context.outputShape(output);
    // DL4J divides by the deviation itself.
    String tensor = context.node(node.with("axis", -1).with("epsilon", 0.0));
    return context.convert(layer.getActivationFn(), tensor, output.toInputType());
  }

  private static String output(BaseOutputLayer layer, VertexContext context) {
    return linear(context, layer.hasBias(), layer.getActivationFn());
  }

  private static String linear(VertexContext context, boolean hasBias, IActivation activation) {
    requireVector(context);
    INDArray weights = context.parameter(DefaultParamInitializer.WEIGHT_KEY);
    OnnxNode node =
        OnnxNode.of(
            "Gemm",
            context.input(),
            context.weights(DefaultParamInitializer.WEIGHT_KEY, weights, weights.shape()));
    if (hasBias) {
      node = node.and(vector(DefaultParamInitializer.BIAS_KEY, context));
    }
    TensorShape output = context.shape().withChannels(weights.size(1));
    context.outputShape(output);
    return context.convert(activation, context.node(node), output.toInputType());
  }

  private static String elementWise(ElementWiseMultiplicationLayer layer, VertexContext context) {
    requireVector(context);
    String scaled =
        context.node(
            OnnxNode.of(
                "Mul", context.input(), vector(DefaultParamInitializer.WEIGHT_KEY, context)));
    String shifted =
        context.node(OnnxNode.of("Add", scaled, vector(DefaultParamInitializer.BIAS_KEY, context)));
    return context.convert(layer.getActivationFn(), shifted, context.inputType());
  }

  private static String vector(String key, VertexContext context) {
    INDArray values = context.parameter(key);
    return context.weights(key, values, values.length());
  }

  private static void requireVector(VertexContext context) {
    if (!context.shape().isVector()) {
      throw context.unsupported("a fully connected layer over " + context.inputType());
    }
  }
}
