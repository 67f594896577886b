package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.food4j.models.onnx.OnnxNode;

/** Zeros around maps ({@code Pad}), and margins cut off them ({@code Slice}). */
final class PaddingConverters {
  private static final int[] FIRST_ROW_AND_COLUMN = {1, 0, 1, 0};

  private PaddingConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ZeroPadding1DLayer.class, (layer, context) -> pad(layer.getPadding(), 1, context))
        .register(
            ZeroPaddingLayer.class,
            (layer, context) -> {
              context.requireLayout(2, layer.getDataFormat() == CNN2DFormat.NHWC);
              return pad(layer.getPadding(), 2, context);
            })
        .register(ZeroPadding3DLayer.class, (layer, context) -> pad(layer.getPadding(), 3, context))
        .register(Cropping1D.class, (layer, context) -> crop(layer.getCropping(), 1, context))
        .register(
            Cropping2D.class,
            (layer, context) -> {
              context.requireLayout(2, layer.getDataFormat() == CNN2DFormat.NHWC);
              return crop(layer.getCropping(), 2, context);
            })
        .register(Cropping3D.class, (layer, context) -> crop(layer.getCropping(), 3, context))
        .register(
            PoolHelperVertex.class,
            (vertex, context) -> {
              context.requireLayout(2, false); // DL4J cuts the axes 2 and 3
              return crop(FIRST_ROW_AND_COLUMN, 2, context);
            });
  }

  /**
   * @param margins start and end of each spatial axis
   */
  private static String pad(int[] margins, int axes, VertexContext context) {
    requireRank(axes, context);
    long[] pads = new long[2 * (axes + 2)];
    for (int i = 0; i < axes; i++) {
      pads[i + 2] = margins[2 * i];
      pads[i + 2 + axes + 2] = margins[2 * i + 1];
    }
    context.outputShape(resized(context.shape(), margins, 1));
    return context.node(OnnxNode.of("Pad", context.input(), context.integers("pads", pads)));
  }

  private static String crop(int[] margins, int axes, VertexContext context) {
    requireRank(axes, context);
    TensorShape shape = context.shape();
    long[] starts = IntStream.range(0, axes).mapToLong(i -> margins[2 * i]).toArray();
    long[] ends =
        IntStream.range(0, axes).mapToLong(i -> shape.sizes()[i] - margins[2 * i + 1]).toArray();
    long[] where = Arrays.stream(shape.spatialAxes()).asLongStream().toArray();
    context.outputShape(resized(shape, margins, -1));
    return context.node(
        OnnxNode.of(
            "Slice",
            context.input(),
            context.integers("starts", starts),
            context.integers("ends", ends),
            context.integers("axes", where)));
  }

  private static TensorShape resized(TensorShape shape, int[] margins, int sign) {
    long[] sizes =
        IntStream.range(0, shape.sizes().length)
            .mapToLong(i -> shape.sizes()[i] + sign * (margins[2 * i] + margins[2 * i + 1]))
            .toArray();
    return shape.withSizes(sizes);
  }

  /** DL4J's layers for sequences and volumes know no layout but channels first. */
  private static void requireRank(int axes, VertexContext context) {
    context.requireLayout(axes, axes == 2 && context.shape().channelsLast());
  }
}
