package org.food4j.models.onnx.export;

import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.PositionScaleVertex;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.onnx.OnnxNode;

/** What attention modules are made of. Axes are those of the file: channels come first. */
final class AttentionConverters {
  private static final int CHANNELS = 1;
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  private AttentionConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(GlobalMeanMax2d.class, AttentionConverters::overPositions)
        .register(ChannelMeanMax2d.class, AttentionConverters::overChannels)
        .register(PositionSum2d.class, AttentionConverters::sum)
        .register(ChannelRowSwap2d.class, AttentionConverters::swap)
        .register(PositionScaleVertex.class, AttentionConverters::positionScale);
  }

  private static String overPositions(GlobalMeanMax2d layer, VertexContext context) {
    String mean = context.node(OnnxNode.of("GlobalAveragePool", context.input()));
    String maximum = context.node(OnnxNode.of("GlobalMaxPool", context.input()));
    return context.node(OnnxNode.of("Concat", mean, maximum).with("axis", ROWS));
  }

  private static String overChannels(ChannelMeanMax2d layer, VertexContext context) {
    int[] axes = {CHANNELS};
    String mean = context.node(OnnxNode.of("ReduceMean", context.input()).with("axes", axes));
    String maximum = context.node(OnnxNode.of("ReduceMax", context.input()).with("axes", axes));
    return context.node(OnnxNode.of("Concat", mean, maximum).with("axis", CHANNELS));
  }

  private static String sum(PositionSum2d layer, VertexContext context) {
    String axes = context.integers("axes", ROWS, COLUMNS);
    String sum = context.node(OnnxNode.of("ReduceSum", context.input(), axes));
    return context.convert(layer.function(), sum, context.inputType());
  }

  private static String swap(ChannelRowSwap2d layer, VertexContext context) {
    int[] axes = {0, ROWS, CHANNELS, COLUMNS};
    return context.node(OnnxNode.of("Transpose", context.input()).with("perm", axes));
  }

  private static String positionScale(PositionScaleVertex vertex, VertexContext context) {
    return context.node(OnnxNode.of("Mul", context.inputs().get(0), context.inputs().get(1)));
  }
}
