package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.food4j.models.onnx.OnnxNode;

/** Pooling over windows: {@code MaxPool}, {@code AveragePool}, {@code LpPool}. */
final class PoolingConverters {
  private PoolingConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(Subsampling1DLayer.class, PoolingConverters::sequence)
        .registerLike(Pooling1D.class, Subsampling1DLayer.class)
        .register(SubsamplingLayer.class, PoolingConverters::image)
        .registerLike(Pooling2D.class, SubsamplingLayer.class)
        .register(Subsampling3DLayer.class, PoolingConverters::volume);
  }

  private static String sequence(Subsampling1DLayer layer, VertexContext context) {
    context.requireLayout(1, layer.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    return pool(layer, context, SpatialWindow.of(layer, 1));
  }

  private static String image(SubsamplingLayer layer, VertexContext context) {
    context.requireLayout(2, layer.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    return pool(layer, context, SpatialWindow.of(layer, 2));
  }

  private static String pool(SubsamplingLayer layer, VertexContext context, SpatialWindow window) {
    requireNotCausal(window, context);
    return switch (layer.getPoolingType()) {
      case MAX -> maximum(window, context);
      case AVG -> average(window, context, layer.isAvgPoolIncludePadInDivisor());
      case PNORM -> {
        requireNotDilated(window, context);
        OnnxNode node = window.describe(OnnxNode.of("LpPool", context.input()), context);
        yield context.node(node.with("p", layer.getPnorm()));
      }
      case SUM -> throw context.unsupported("pooling type SUM, which DL4J itself does not compute");
    };
  }

  private static String volume(Subsampling3DLayer layer, VertexContext context) {
    context.requireLayout(3, layer.getDataFormat() == Convolution3D.DataFormat.NDHWC);
    SpatialWindow window = SpatialWindow.of(layer);
    requireNotCausal(window, context);
    TensorShape input = context.shape();
    context.outputShape(input.withSizes(window.outputs(input, context)));
    if (layer.getPoolingType() == PoolingType.MAX) {
      return maximum(window, context);
    }
    if (layer.getPoolingType() == PoolingType.AVG) {
      return average(window, context, false);
    }
    throw context.unsupported(
        "pooling type " + layer.getPoolingType() + ", for which DL4J computes the mean");
  }

  private static String maximum(SpatialWindow window, VertexContext context) {
    OnnxNode node = window.describe(OnnxNode.of("MaxPool", context.input()), context);
    return context.node(node.with("dilations", window.dilation()));
  }

  private static String average(SpatialWindow window, VertexContext context, boolean countPadding) {
    requireNotDilated(window, context);
    OnnxNode node = window.describe(OnnxNode.of("AveragePool", context.input()), context);
    return context.node(node.with("count_include_pad", countPadding ? 1 : 0));
  }

  private static void requireNotDilated(SpatialWindow window, VertexContext context) {
    if (window.isDilated()) {
      throw context.unsupported("average or p-norm pooling with dilation");
    }
  }

  private static void requireNotCausal(SpatialWindow window, VertexContext context) {
    if (window.mode() == ConvolutionMode.Causal) {
      throw context.unsupported("causal pooling");
    }
  }
}
