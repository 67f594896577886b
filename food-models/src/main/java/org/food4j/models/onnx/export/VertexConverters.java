package org.food4j.models.onnx.export;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.onnx.OnnxNode;

/** Vertices that join several tensors. */
final class VertexConverters {
  private VertexConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(ElementWiseVertex.class, VertexConverters::elementWise)
        .register(MergeVertex.class, VertexConverters::merge)
        .register(ChannelScaleVertex.class, VertexConverters::channelScale);
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
    return context.node(OnnxNode.of("Concat", inputs).with("axis", vertex.getMergeAxis()));
  }

  private static String channelScale(ChannelScaleVertex vertex, VertexContext context) {
    String axes = context.integers("axes", 2, 3);
    String factors = context.node(OnnxNode.of("Unsqueeze", context.inputs().get(1), axes));
    return context.node(OnnxNode.of("Mul", context.input(), factors));
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
