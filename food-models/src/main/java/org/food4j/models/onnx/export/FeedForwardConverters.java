package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fully connected layers ({@code Gemm}), and layers that are an activation function alone. */
final class FeedForwardConverters {
  private FeedForwardConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(DenseLayer.class, FeedForwardConverters::dense)
        .register(
            OutputLayer.class,
            (layer, context) -> linear(context, layer.hasBias(), layer.getActivationFn()))
        .register(LossLayer.class, (layer, context) -> same(context, layer.getActivationFn()))
        .register(ActivationLayer.class, (layer, context) -> same(context, layer.getActivationFn()))
        .register(DropoutLayer.class, (layer, context) -> context.input());
  }

  private static String dense(DenseLayer layer, VertexContext context) {
    if (layer.hasLayerNorm()) {
      throw context.unsupported("layer normalization inside a dense layer");
    }
    return linear(context, layer.hasBias(), layer.getActivationFn());
  }

  private static String linear(VertexContext context, boolean hasBias, IActivation activation) {
    InputType.Type type = context.inputType().getType();
    if (type != InputType.Type.FF && type != InputType.Type.CNNFlat) {
      throw context.unsupported("a fully connected layer over " + context.inputType());
    }
    INDArray weights = context.parameter(DefaultParamInitializer.WEIGHT_KEY);
    OnnxNode node =
        OnnxNode.of(
            "Gemm",
            context.input(),
            context.weights(DefaultParamInitializer.WEIGHT_KEY, weights, weights.shape()));
    if (hasBias) {
      INDArray bias = context.parameter(DefaultParamInitializer.BIAS_KEY);
      node = node.and(context.weights(DefaultParamInitializer.BIAS_KEY, bias, bias.length()));
    }
    String output = context.node(node);
    return context.convert(activation, output, InputType.feedForward(weights.size(1)));
  }

  private static String same(VertexContext context, IActivation activation) {
    return context.convert(activation, context.input(), context.inputType());
  }
}
