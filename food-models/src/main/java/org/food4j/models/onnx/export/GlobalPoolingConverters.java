package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.food4j.models.onnx.OnnxNode;

/** Pooling over all places of sequences, images and volumes. */
final class GlobalPoolingConverters {
  private GlobalPoolingConverters() {}

  static void register(ConverterRegistry registry) {
    registry.register(GlobalPoolingLayer.class, GlobalPoolingConverters::pool);
  }

  private static String pool(GlobalPoolingLayer layer, VertexContext context) {
    TensorShape shape = context.shape();
    if (shape.isVector()) {
      throw context.unsupported("global pooling of " + context.inputType());
    }
    requireAllPlaces(layer, shape, context);
    TensorShape pooled =
        new TensorShape(
            shape.channels(),
            LongStream.generate(() -> 1).limit(shape.sizes().length).toArray(),
            shape.channelsLast());
    String output = context.node(operation(layer, shape, context));
    if (!layer.isCollapseDimensions()) {
      if (shape.channelsLast()) {
        throw context.unsupported(
            "global pooling that keeps the axes of channels-last data, which DL4J reshapes wrongly");
      }
      context.outputShape(pooled);
      return output;
    }
    context.outputShape(new TensorShape(shape.channels(), new long[0], false));
    return context.node(OnnxNode.of("Flatten", output).with("axis", 1));
  }

  private static OnnxNode operation(
      GlobalPoolingLayer layer, TensorShape shape, VertexContext context) {
    return switch (layer.getPoolingType()) {
      // Not ReduceMean: runtimes have quantised and faster kernels for this one.
      case AVG -> OnnxNode.of("GlobalAveragePool", context.input());
      case MAX -> OnnxNode.of("GlobalMaxPool", context.input());
      case PNORM -> OnnxNode.of("GlobalLpPool", context.input()).with("p", layer.getPnorm());
      case SUM -> {
        long[] axes = Arrays.stream(shape.spatialAxes()).asLongStream().toArray();
        yield OnnxNode.of("ReduceSum", context.input(), context.integers("axes", axes));
      }
    };
  }

  /** DL4J pools over the axes 2 and up unless told, whatever the layout. */
  private static void requireAllPlaces(
      GlobalPoolingLayer layer, TensorShape shape, VertexContext context) {
    int[] configured = layer.getPoolingDimensions();
    int[] dimensions = configured == null ? IntStream.range(2, shape.rank()).toArray() : configured;
    int[] axes = Arrays.stream(dimensions).map(shape::axis).sorted().toArray();
    if (!Arrays.equals(axes, shape.spatialAxes())) {
      throw context.unsupported(
          "pooling over the dimensions %s of %s, which are not all of its places and nothing else"
              .formatted(Arrays.toString(dimensions), context.inputType()));
    }
  }
}
