package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BaseUpsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.food4j.models.onnx.OnnxNode;

/** Repeated places ({@code Resize}), and blocks of places as channels ({@code SpaceToDepth}). */
final class ResamplingConverters {
  private ResamplingConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(
            Upsampling1D.class,
            (layer, context) -> {
              context.requireLayout(1, false); // DL4J repeats the last axis
              return repeat(layer, 1, context);
            })
        .register(
            Upsampling2D.class,
            (layer, context) -> {
              context.requireLayout(2, layer.getFormat() == CNN2DFormat.NHWC);
              return repeat(layer, 2, context);
            })
        .register(
            Upsampling3D.class,
            (layer, context) -> {
              boolean last = layer.getDataFormat() == Convolution3D.DataFormat.NDHWC;
              context.requireLayout(3, last);
              return repeat(layer, 3, context);
            })
        .register(SpaceToDepthLayer.class, ResamplingConverters::spaceToDepth);
  }

  private static String repeat(BaseUpsamplingLayer layer, int axes, VertexContext context) {
    int[] times = Arrays.copyOf(layer.getSize(), axes);
    TensorShape shape = context.shape();
    context.outputShape(
        shape.withSizes(
            IntStream.range(0, axes).mapToLong(i -> shape.sizes()[i] * times[i]).toArray()));
    float[] scales = new float[axes + 2];
    Arrays.fill(scales, 1);
    for (int i = 0; i < axes; i++) {
      scales[i + 2] = times[i];
    }
    String noRegion = "";
    return context.node(
        OnnxNode.of("Resize", context.input(), noRegion, context.floats("scales", scales))
            .with("mode", "nearest")
            .with("coordinate_transformation_mode", "asymmetric")
            .with("nearest_mode", "floor"));
  }

  private static String spaceToDepth(SpaceToDepthLayer layer, VertexContext context) {
    context.requireLayout(2, layer.getDataFormat() == CNN2DFormat.NHWC);
    long block = layer.getBlockSize();
    TensorShape shape = context.shape();
    long[] sizes = Arrays.stream(shape.sizes()).map(size -> size / block).toArray();
    context.outputShape(shape.withChannels(shape.channels() * block * block).withSizes(sizes));
    return context.node(OnnxNode.of("SpaceToDepth", context.input()).with("blocksize", block));
  }
}
