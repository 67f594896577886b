package org.food4j.models.onnx.export;

import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.PositionScaleVertex;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.layer.SelfAttention2d;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;
import org.nd4j.linalg.api.ndarray.INDArray;

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
        .register(LayerNorm2d.class, AttentionConverters::layerNorm)
        .register(SelfAttention2d.class, AttentionConverters::selfAttention)
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

  /** ONNX normalises the last axes only. */
  private static String layerNorm(LayerNorm2d layer, VertexContext context) {
    INDArray gamma = context.parameter("gamma");
    INDArray beta = context.parameter("beta");
    int[] channelsLast = {0, ROWS, COLUMNS, CHANNELS};
    int[] channelsFirst = {0, 3, 1, 2};
    String input =
        context.node(OnnxNode.of("Transpose", context.input()).with("perm", channelsLast));
    OnnxNode normalized =
        OnnxNode.of(
            "LayerNormalization",
            input,
            context.weights("gamma", gamma, gamma.length()),
            context.weights("beta", beta, beta.length()));
    String output = context.node(normalized.with("axis", -1).with("epsilon", layer.eps()));
    return context.node(OnnxNode.of("Transpose", output).with("perm", channelsFirst));
  }

  /**
   * With the positions in the last axis, where they are in the file, attention reads {@code v
   * softmax(k' q / sqrt(d))}, softmax over the rows: one transposition instead of four.
   */
  private static String selfAttention(SelfAttention2d layer, VertexContext context) {
    var maps = context.imageType();
    long positions = maps.getHeight() * maps.getWidth();
    long channels = maps.getChannels() / 3;
    long width = channels / layer.heads();
    String heads =
        context.integers("heads", OnnxGraphBuilder.BATCH, 3L * layer.heads(), width, positions);
    String parts = context.node(OnnxNode.of("Reshape", context.input(), heads));
    String queries = part("queries", 0, layer.heads(), parts, context);
    String keys = part("keys", 1, layer.heads(), parts, context);
    String values = part("values", 2, layer.heads(), parts, context);
    String transposed =
        context.node(OnnxNode.of("Transpose", keys).with("perm", new int[] {0, 1, 3, 2}));
    String products = context.node(OnnxNode.of("MatMul", transposed, queries));
    String scores =
        context.node(OnnxNode.of("Mul", products, context.scalar("scale", 1 / Math.sqrt(width))));
    String weights = context.node(OnnxNode.of("Softmax", scores).with("axis", 2));
    String attended = context.node(OnnxNode.of("MatMul", values, weights));
    String shape =
        context.integers(
            "maps", OnnxGraphBuilder.BATCH, channels, maps.getHeight(), maps.getWidth());
    return context.node(OnnxNode.of("Reshape", attended, shape));
  }

  private static String part(
      String name, int index, int heads, String parts, VertexContext context) {
    String from = context.integers(name + "/from", (long) index * heads);
    String to = context.integers(name + "/to", (index + 1L) * heads);
    String axis = context.integers(name + "/axis", CHANNELS);
    return context.node(OnnxNode.of("Slice", parts, from, to, axis));
  }

  private static String positionScale(PositionScaleVertex vertex, VertexContext context) {
    return context.node(OnnxNode.of("Mul", context.inputs().get(0), context.inputs().get(1)));
  }
}
