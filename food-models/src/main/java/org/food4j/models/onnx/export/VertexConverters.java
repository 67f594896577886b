package org.food4j.models.onnx.export;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.food4j.models.onnx.OnnxNode;

/** Vertices that join tensors, or compute on one without parameters. */
final class VertexConverters {
  private VertexConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ElementWiseVertex.class, VertexConverters::elementWise)
        .register(MergeVertex.class, VertexConverters::merge)
        .register(SubsetVertex.class, VertexConverters::subset)
        .register(
            ScaleVertex.class,
            (vertex, context) -> constant("Mul", "scale", vertex.getScaleFactor(), context))
        .register(
            ShiftVertex.class,
            (vertex, context) -> constant("Add", "shift", vertex.getShiftFactor(), context))
        .register(L2NormalizeVertex.class, VertexConverters::normalize)
        .register(L2Vertex.class, VertexConverters::distance);
  }

  private static String elementWise(ElementWiseVertex vertex, VertexContext context) {
    requireOneLayout(context);
    if (context.inputs().size() == 1) {
      return context.input();
    }
    return switch (vertex.getOp()) {
      case Add -> fold("Add", context);
      case Subtract -> fold("Sub", context);
      case Product -> fold("Mul", context);
      case Average -> all("Mean", context);
      case Max -> all("Max", context);
    };
  }

  private static String merge(MergeVertex vertex, VertexContext context) {
    requireOneLayout(context);
    String[] inputs = context.inputs().toArray(String[]::new);
    if (inputs.length == 1) {
      return inputs[0];
    }
    int axis = context.shape().axis(vertex.getMergeAxis());
    if (axis == 0) {
      throw context.unsupported("merging along the batch");
    }
    long size =
        context.inputTypes().stream().mapToLong(type -> TensorShape.of(type).inFile()[axis]).sum();
    context.outputShape(resized(context.shape(), axis, size));
    return context.node(OnnxNode.of("Concat", inputs).with("axis", axis));
  }

  private static String subset(SubsetVertex vertex, VertexContext context) {
    if (context.shape().channelsLast()) {
      throw context.unsupported(
          "a subset of channels-last data, of which DL4J takes rows for channels");
    }
    context.outputShape(context.shape().withChannels(vertex.getTo() - (long) vertex.getFrom() + 1));
    return context.node(
        OnnxNode.of(
            "Slice",
            context.input(),
            context.integers("starts", vertex.getFrom()),
            context.integers("ends", vertex.getTo() + 1L),
            context.integers("axes", 1)));
  }

  private static TensorShape resized(TensorShape shape, int axis, long size) {
    if (axis == 1) {
      return shape.withChannels(size);
    }
    long[] sizes = shape.sizes().clone();
    sizes[axis - 2] = size;
    return shape.withSizes(sizes);
  }

  private static String constant(String operator, String key, double value, VertexContext context) {
    context.outputType(context.inputType());
    return context.node(OnnxNode.of(operator, context.input(), context.scalar(key, value)));
  }

  /** x / max(|x|, eps). */
  private static String normalize(L2NormalizeVertex vertex, VertexContext context) {
    int[] everything = IntStream.range(1, context.shape().rank()).toArray();
    int[] dimensions = vertex.getDimension();
    if (dimensions != null
        && dimensions.length > 0
        && !Arrays.equals(Arrays.stream(dimensions).sorted().toArray(), everything)) {
      throw context.unsupported(
          "the norm over dimensions %s, by which DL4J divides along the batch"
              .formatted(Arrays.toString(dimensions)));
    }
    String norm =
        context.node(
            OnnxNode.of("ReduceL2", context.input()).with("axes", everything).with("keepdims", 1));
    String bounded = context.node(OnnxNode.of("Max", norm, context.scalar("eps", vertex.getEps())));
    return context.node(OnnxNode.of("Div", context.input(), bounded));
  }

  /** The Euclidean distance of two tensors, {@code [batch, 1]}. */
  private static String distance(L2Vertex vertex, VertexContext context) {
    requireOneLayout(context);
    int[] everything = IntStream.range(1, context.shape().rank()).toArray();
    String difference =
        context.node(OnnxNode.of("Sub", context.inputs().get(0), context.inputs().get(1)));
    String norm =
        context.node(
            OnnxNode.of("ReduceL2", difference).with("axes", everything).with("keepdims", 0));
    context.outputShape(new TensorShape(1, new long[0], false));
    return context.node(OnnxNode.of("Unsqueeze", norm, context.integers("column", 1)));
  }

  private static void requireOneLayout(VertexContext context) {
    List<TensorShape> shapes = context.inputTypes().stream().map(TensorShape::of).toList();
    TensorShape first = shapes.get(0);
    if (shapes.stream()
        .anyMatch(s -> s.rank() != first.rank() || s.channelsLast() != first.channelsLast())) {
      throw context.unsupported("inputs of different ranks or layouts, " + context.inputTypes());
    }
  }

  private static String all(String operator, VertexContext context) {
    return context.node(OnnxNode.of(operator, context.inputs().toArray(String[]::new)));
  }

  /** Two at a time: quantisers know the operators of two inputs only. */
  private static String fold(String operator, VertexContext context) {
    List<String> inputs = context.inputs();
    String result = inputs.get(0);
    for (String input : inputs.subList(1, inputs.size())) {
      result = context.node(OnnxNode.of(operator, result, input));
    }
    return result;
  }
}
