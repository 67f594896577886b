package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.params.DeconvolutionParamInitializer;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Transposed convolutions over images and volumes: {@code ConvTranspose}. */
final class DeconvolutionConverters {
  private DeconvolutionConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(Deconvolution2D.class, DeconvolutionConverters::image)
        .register(Deconvolution3D.class, DeconvolutionConverters::volume);
  }

  private static String image(Deconvolution2D layer, VertexContext context) {
    context.requireLayout(2, layer.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    // [in, out, height, width] in both
    return deconvolve(
        layer, context, context.parameter(DeconvolutionParamInitializer.WEIGHT_KEY), 2);
  }

  private static String volume(Deconvolution3D layer, VertexContext context) {
    context.requireLayout(3, layer.getDataFormat() == Convolution3D.DataFormat.NDHWC);
    // DL4J: [depth, height, width, out, in]
    INDArray kernels =
        context.parameter(DeconvolutionParamInitializer.WEIGHT_KEY).permute(4, 3, 0, 1, 2);
    return deconvolve(layer, context, kernels, 3);
  }

  private static String deconvolve(
      ConvolutionLayer layer, VertexContext context, INDArray kernels, int axes) {
    SpatialWindow window = SpatialWindow.of(layer, axes);
    int[] cut = IntStream.range(0, axes).map(axis -> cut(window, axis)).toArray();
    int[] before = before(window, cut);
    int[] after = IntStream.range(0, axes).map(i -> Math.max(0, cut[i] - before[i])).toArray();
    int[] missing = IntStream.range(0, axes).map(i -> Math.max(0, -cut[i])).toArray();
    OnnxNode node =
        OnnxNode.of(
            "ConvTranspose",
            context.input(),
            context.weights(DeconvolutionParamInitializer.WEIGHT_KEY, kernels, kernels.shape()));
    node =
        ConvolutionConverters.withBias(node, layer, context)
            .with("kernel_shape", window.kernel())
            .with("strides", window.stride())
            .with("pads", IntStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray())
            .with("dilations", window.dilation());
    if (Arrays.stream(missing).anyMatch(places -> places > 0)) {
      node = node.with("output_padding", missing);
    }
    TensorShape input = context.shape();
    long[] sizes = new long[axes];
    for (int i = 0; i < axes; i++) {
      sizes[i] = window.stride()[i] * (input.sizes()[i] - 1) + window.reach(i) - cut[i];
    }
    context.outputShape(input.withChannels(layer.getNOut()).withSizes(sizes));
    String output = context.node(node);
    return context.convert(layer.getActivationFn(), output, context.inputType());
  }

  /** Places that are cut off the full transposed convolution, at both ends together. */
  private static int cut(SpatialWindow window, int axis) {
    return window.mode() == ConvolutionMode.Same
        ? window.reach(axis) - window.stride()[axis] // so that the output is stride times the input
        : 2 * window.padding()[axis];
  }

  private static int[] before(SpatialWindow window, int[] cut) {
    return window.mode() == ConvolutionMode.Same
        ? Arrays.stream(cut).map(places -> Math.max(0, places / 2)).toArray()
        : window.padding();
  }
}
