package org.food4j.models.onnx.export;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.models.onnx.OnnxNode;

/** Vertices that join several tensors. */
final class VertexConverters {
  /** Where the axes of maps with channels last, batch, height, width, channels, are in ONNX. */
  private static final List<Integer> ONNX_AXES = List.of(0, 2, 3, 1);

  private VertexConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ElementWiseVertex.class, VertexConverters::elementWise)
        .register(MergeVertex.class, VertexConverters::merge);
  }

  private static String elementWise(ElementWiseVertex vertex, VertexContext context) {
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
    String[] inputs = context.inputs().toArray(String[]::new);
    int axis = vertex.getMergeAxis();
    if (context.inputType() instanceof InputType.InputTypeConvolutional maps
        && maps.getFormat() == CNN2DFormat.NHWC) {
      axis = ONNX_AXES.get(axis);
    }
    return context.node(OnnxNode.of("Concat", inputs).with("axis", axis));
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
