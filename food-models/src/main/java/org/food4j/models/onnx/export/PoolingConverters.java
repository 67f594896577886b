package org.food4j.models.onnx.export;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.food4j.models.onnx.OnnxNode;

/** Pooling over windows, and over whole images. */
final class PoolingConverters {
  private PoolingConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(SubsamplingLayer.class, PoolingConverters::window)
        .registerLike(Pooling2D.class, SubsamplingLayer.class)
        .register(GlobalPoolingLayer.class, PoolingConverters::global);
  }

  private static String window(SubsamplingLayer layer, VertexContext context) {
    context.requireChannelsFirst(layer.getCnn2dDataFormat());
    SpatialWindow window =
        new SpatialWindow(
            layer.getConvolutionMode(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    return switch (layer.getPoolingType()) {
      case MAX -> {
        OnnxNode node = window.describe(OnnxNode.of("MaxPool", context.input()), context);
        yield context.node(node.with("dilations", window.dilation()));
      }
      case AVG -> {
        if (window.isDilated()) {
          throw context.unsupported("average pooling with dilation");
        }
        OnnxNode node = window.describe(OnnxNode.of("AveragePool", context.input()), context);
        yield context.node(
            node.with("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1 : 0));
      }
      case SUM, PNORM -> throw context.unsupported("pooling type " + layer.getPoolingType());
    };
  }

  private static String global(GlobalPoolingLayer layer, VertexContext context) {
    context.imageType();
    int[] dimensions = layer.getPoolingDimensions();
    if (dimensions != null && !Arrays.equals(dimensions, new int[] {2, 3})) {
      throw context.unsupported("pooling over dimensions " + Arrays.toString(dimensions));
    }
    String operator =
        switch (layer.getPoolingType()) {
          // Not ReduceMean: runtimes have quantised and faster kernels for this one.
          case AVG -> "GlobalAveragePool";
          case MAX -> "GlobalMaxPool";
          case SUM, PNORM -> throw context.unsupported("pooling type " + layer.getPoolingType());
        };
    String pooled = context.node(OnnxNode.of(operator, context.input()));
    return layer.isCollapseDimensions()
        ? context.node(OnnxNode.of("Flatten", pooled).with("axis", 1))
        : pooled;
  }
}
