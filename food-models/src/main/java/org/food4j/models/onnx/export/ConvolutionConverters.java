package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions over images: {@code Conv}. */
final class ConvolutionConverters {
  private ConvolutionConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ConvolutionLayer.class, ConvolutionConverters::dense)
        .registerLike(Convolution2D.class, ConvolutionLayer.class)
        .register(DepthwiseConvolution2D.class, ConvolutionConverters::depthwise);
  }

  private static String dense(ConvolutionLayer layer, VertexContext context) {
    INDArray kernels = context.parameter(ConvolutionParamInitializer.WEIGHT_KEY);
    return convolve(layer, context, kernels, kernels.shape(), 1);
  }

  private static String depthwise(DepthwiseConvolution2D layer, VertexContext context) {
    // DL4J: [height, width, channels, multiplier]; ONNX: [channels * multiplier, 1, height, width]
    INDArray kernels =
        context.parameter(DepthwiseConvolutionParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1);
    long channels = kernels.size(0);
    long[] shape = {channels * kernels.size(1), 1, kernels.size(2), kernels.size(3)};
    return convolve(layer, context, kernels, shape, channels);
  }

  private static String convolve(
      ConvolutionLayer layer, VertexContext context, INDArray kernels, long[] shape, long groups) {
    context.requireChannelsFirst(layer.getCnn2dDataFormat());
    SpatialWindow window =
        new SpatialWindow(
            layer.getConvolutionMode(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    OnnxNode node =
        OnnxNode.of(
            "Conv",
            context.input(),
            context.weights(ConvolutionParamInitializer.WEIGHT_KEY, kernels, shape));
    if (layer.hasBias()) {
      INDArray bias = context.parameter(ConvolutionParamInitializer.BIAS_KEY);
      node = node.and(context.weights(ConvolutionParamInitializer.BIAS_KEY, bias, bias.length()));
    }
    node =
        window.describe(node, context).with("dilations", window.dilation()).with("group", groups);
    String output = context.node(node);
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }
}
