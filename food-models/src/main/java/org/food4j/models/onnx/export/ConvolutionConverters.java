package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.deeplearning4j.util.Convolution1DUtils;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions over sequences, images and volumes: {@code Conv}. */
final class ConvolutionConverters {
  private static final int[] PLAIN = {1, 1};

  private ConvolutionConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(Convolution1DLayer.class, ConvolutionConverters::sequence)
        .registerLike(Convolution1D.class, Convolution1DLayer.class)
        .register(ConvolutionLayer.class, ConvolutionConverters::image)
        .registerLike(Convolution2D.class, ConvolutionLayer.class)
        .register(Convolution3D.class, ConvolutionConverters::volume)
        .register(DepthwiseConvolution2D.class, ConvolutionConverters::depthwise)
        .register(SeparableConvolution2D.class, ConvolutionConverters::separable);
  }

  private static String sequence(Convolution1DLayer layer, VertexContext context) {
    context.requireLayout(1, layer.getRnnDataFormat() == RNNFormat.NWC);
    // DL4J reads the array [out, in, kernel, 1] as [kernel, in, out], without moving a number.
    INDArray kernels =
        Convolution1DUtils.reshapeWeightArrayOrGradientForFormat(
                context.parameter(ConvolutionParamInitializer.WEIGHT_KEY), RNNFormat.NCW)
            .permute(2, 1, 0);
    return convolve(layer, context, SpatialWindow.of(layer, 1), kernels, kernels.shape(), 1);
  }

  private static String image(ConvolutionLayer layer, VertexContext context) {
    requireLayout(layer, context);
    INDArray kernels = context.parameter(ConvolutionParamInitializer.WEIGHT_KEY);
    return convolve(layer, context, SpatialWindow.of(layer, 2), kernels, kernels.shape(), 1);
  }

  private static String volume(Convolution3D layer, VertexContext context) {
    context.requireLayout(3, layer.getDataFormat() == Convolution3D.DataFormat.NDHWC);
    INDArray kernels = context.parameter(ConvolutionParamInitializer.WEIGHT_KEY);
    SpatialWindow window = SpatialWindow.of(layer, 3);
    TensorShape input = context.shape();
    context.outputShape(
        input.withChannels(layer.getNOut()).withSizes(window.outputs(input, context)));
    return convolve(layer, context, window, kernels, kernels.shape(), 1);
  }

  private static String depthwise(DepthwiseConvolution2D layer, VertexContext context) {
    requireLayout(layer, context);
    // DL4J: [height, width, channels, multiplier]; ONNX: [channels * multiplier, 1, height, width]
    INDArray kernels =
        context.parameter(DepthwiseConvolutionParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1);
    long channels = kernels.size(0);
    long[] shape = {channels * kernels.size(1), 1, kernels.size(2), kernels.size(3)};
    return convolve(layer, context, SpatialWindow.of(layer, 2), kernels, shape, channels);
  }

  private static String separable(SeparableConvolution2D layer, VertexContext context) {
    requireLayout(layer, context);
    // DL4J: [multiplier, channels, height, width]; ONNX: [channels * multiplier, 1, height, width]
    String key = SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY;
    INDArray kernels = context.parameter(key).permute(1, 0, 2, 3);
    long channels = kernels.size(0);
    long[] shape = {channels * kernels.size(1), 1, kernels.size(2), kernels.size(3)};
    SpatialWindow window = SpatialWindow.of(layer, 2);
    String depthwise =
        context.node(
            window
                .describe(
                    OnnxNode.of("Conv", context.input(), context.weights(key, kernels, shape)),
                    context)
                .with("dilations", window.dilation())
                .with("group", channels));
    String point = SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY;
    INDArray mixing = context.parameter(point);
    OnnxNode node =
        OnnxNode.of("Conv", depthwise, context.weights(point, mixing, mixing.shape()))
            .with("kernel_shape", PLAIN);
    String output = context.node(withBias(node, layer, context));
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }

  private static void requireLayout(ConvolutionLayer layer, VertexContext context) {
    context.requireLayout(2, layer.getCnn2dDataFormat() == CNN2DFormat.NHWC);
  }

  private static String convolve(
      ConvolutionLayer layer,
      VertexContext context,
      SpatialWindow window,
      INDArray kernels,
      long[] shape,
      long groups) {
    OnnxNode node =
        OnnxNode.of(
            "Conv",
            context.input(),
            context.weights(ConvolutionParamInitializer.WEIGHT_KEY, kernels, shape));
    node =
        window
            .describe(withBias(node, layer, context), context)
            .with("dilations", window.dilation())
            .with("group", groups);
    String output = context.node(node);
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }

  static OnnxNode withBias(OnnxNode node, ConvolutionLayer layer, VertexContext context) {
    if (!layer.hasBias()) {
      return node;
    }
    INDArray bias = context.parameter(ConvolutionParamInitializer.BIAS_KEY);
    return node.and(context.weights(ConvolutionParamInitializer.BIAS_KEY, bias, bias.length()));
  }
}
