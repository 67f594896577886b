package org.food4j.models.onnx.export;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxNode;

/** Parts that change the batch: several batches as one, and parts of one. */
final class BatchConverters {
  private BatchConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(StackVertex.class, BatchConverters::stack)
        .register(UnstackVertex.class, BatchConverters::unstack)
        .register(SpaceToBatchLayer.class, BatchConverters::spaceToBatch);
  }

  /** How many of a vertex's examples there are for one example of the network's input. */
  static double examples(String vertex, ComputationGraphConfiguration configuration) {
    Map<String, List<String>> inputs = configuration.getVertexInputs();
    if (!inputs.containsKey(vertex)) {
      return 1; // an input of the network
    }
    double read = examples(inputs.get(vertex).get(0), configuration);
    GraphVertex part = configuration.getVertices().get(vertex);
    if (part instanceof StackVertex) {
      return read * inputs.get(vertex).size();
    }
    if (part instanceof UnstackVertex unstack) {
      return read / unstack.getStackSize();
    }
    if (part instanceof LayerVertex layer
        && layer.getLayerConf().getLayer() instanceof SpaceToBatchLayer blocks) {
      return read * blocks.getBlocks()[0] * blocks.getBlocks()[1];
    }
    return read;
  }

  private static String stack(StackVertex vertex, VertexContext context) {
    if (context.inputTypes().stream().distinct().count() > 1) {
      throw context.unsupported("stacking of different shapes, " + context.inputTypes());
    }
    String[] inputs = context.inputs().toArray(String[]::new);
    return context.node(OnnxNode.of("Concat", inputs).with("axis", 0));
  }

  private static String unstack(UnstackVertex vertex, VertexContext context) {
    TensorShape shape = context.shape();
    long[] batches =
        LongStream.concat(LongStream.of(vertex.getStackSize()), LongStream.of(shape.inFile()))
            .toArray();
    String parts =
        context.node(OnnxNode.of("Reshape", context.input(), context.integers("batches", batches)));
    String part =
        context.node(
            OnnxNode.of(
                "Slice",
                parts,
                context.integers("from", vertex.getFrom()),
                context.integers("to", vertex.getFrom() + 1L),
                context.integers("axis", 0)));
    return context.node(OnnxNode.of("Reshape", part, context.integers("shape", shape.inFile())));
  }

  /** Blocks of places, row by row, each place of all examples before the next place. */
  private static String spaceToBatch(SpaceToBatchLayer layer, VertexContext context) {
    context.requireLayout(2, layer.getFormat() == CNN2DFormat.NHWC);
    TensorShape shape = context.shape();
    int[][] padding = layer.getPadding();
    int[] blocks = layer.getBlocks();
    long[] sizes = new long[2];
    for (int i = 0; i < 2; i++) {
      sizes[i] = (shape.sizes()[i] + padding[i][0] + padding[i][1]) / blocks[i];
    }
    String padded = context.input();
    if (padding[0][0] + padding[0][1] + padding[1][0] + padding[1][1] > 0) {
      String pads =
          context.integers(
              "pads", 0, 0, padding[0][0], padding[1][0], 0, 0, padding[0][1], padding[1][1]);
      padded = context.node(OnnxNode.of("Pad", padded, pads));
    }
    String split =
        context.integers(
            "blocks",
            OnnxGraphBuilder.BATCH,
            shape.channels(),
            sizes[0],
            blocks[0],
            sizes[1],
            blocks[1]);
    String parts = context.node(OnnxNode.of("Reshape", padded, split));
    String turned =
        context.node(OnnxNode.of("Transpose", parts).with("perm", new int[] {3, 5, 0, 1, 2, 4}));
    TensorShape output = shape.withSizes(sizes);
    context.outputShape(output);
    return context.node(OnnxNode.of("Reshape", turned, context.integers("shape", output.inFile())));
  }
}
