package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs whose tensors cannot be: of negative sizes, or larger than any array. */
class ImpossibleShapesTest {
  private static GraphProto.Builder graph() {
    GraphProto.Builder graph = GraphProto.newBuilder();
    input(graph, "x", 1, 2, 8, 8);
    input(graph, "gate", 1, 2, 1, 1);
    return graph;
  }

  private static void input(GraphProto.Builder graph, String name, long... sizes) {
    var shape = graph.addInputBuilder().setName(name).getTypeBuilder().getTensorTypeBuilder();
    for (long size : sizes) {
      shape.getShapeBuilder().addDimBuilder().setDimValue(size);
    }
  }

  private static NodeProto.Builder node(
      GraphProto.Builder graph, String output, String operator, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static void pool(GraphProto.Builder graph, String input, long kernel) {
    node(graph, "pooled", "MaxPool", input)
        .addAttributeBuilder()
        .setName("kernel_shape")
        .addInts(kernel)
        .addInts(kernel);
  }

  private static String problem(GraphProto.Builder graph) {
    ModelProto.Builder model = ModelProto.newBuilder().setGraph(graph);
    model.addOpsetImportBuilder().setVersion(17);
    try {
      TensorTypes.requirePossible(OnnxGraph.of(model.build()));
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Test
  void requirePossible_gateTimesMaps_hasTheSizeOfTheMaps() {
    for (String[] inputs : new String[][] {{"gate", "x"}, {"x", "gate"}}) {
      GraphProto.Builder fits = graph();
      node(fits, "product", "Mul", inputs);
      pool(fits, "product", 8);
      assertThat(problem(fits)).isEmpty();

      GraphProto.Builder larger = graph();
      node(larger, "product", "Mul", inputs);
      pool(larger, "product", 10);
      assertThat(problem(larger)).contains("node 'pooled' (MaxPool)");
    }
  }

  @Test
  void requirePossible_joinedMaps_haveTheirSizesTogether() {
    for (int kernel : new int[] {16, 18}) {
      GraphProto.Builder joined = graph();
      node(joined, "rows", "Concat", "x", "x").addAttributeBuilder().setName("axis").setI(2);
      node(joined, "all", "Concat", "rows", "rows").addAttributeBuilder().setName("axis").setI(-1);
      pool(joined, "all", kernel);
      assertThat(problem(joined).isEmpty()).isEqualTo(kernel == 16);
    }
  }

  @Test
  void requirePossible_marginsStoredAsIntegers_areRead() {
    TensorProto margins =
        TensorProto.newBuilder()
            .setName("margins")
            .setDataType(DataType.INT64_VALUE)
            .addDims(8)
            .addAllInt64Data(List.of(0L, 0L, -9L, 0L, 0L, 0L, 0L, 0L))
            .build();
    GraphProto.Builder cut = graph().addInitializer(margins);
    node(cut, "cut", "Pad", "x", "margins");
    assertThat(problem(cut)).contains("node 'cut' (Pad)");
  }

  @Test
  void requirePossible_blocks_growAndShrinkMaps() {
    for (int kernel : new int[] {16, 18}) {
      GraphProto.Builder finer = graph();
      input(finer, "deep", 1, 8, 8, 8);
      node(finer, "fine", "DepthToSpace", "deep")
          .addAttributeBuilder()
          .setName("blocksize")
          .setI(2);
      pool(finer, "fine", kernel);
      assertThat(problem(finer).isEmpty()).isEqualTo(kernel == 16);
    }
    for (int kernel : new int[] {4, 6}) {
      GraphProto.Builder coarser = graph();
      node(coarser, "coarse", "SpaceToDepth", "x")
          .addAttributeBuilder()
          .setName("blocksize")
          .setI(2);
      pool(coarser, "coarse", kernel);
      assertThat(problem(coarser).isEmpty()).isEqualTo(kernel == 4);
    }
  }

  @Test
  void requirePossible_anInputLargerThanAnyArray_isRefused() {
    GraphProto.Builder huge = graph();
    input(huge, "huge", 1, 3, 1L << 40, 8);
    assertThat(problem(huge)).contains("Input 'huge' is of an impossible size");
  }

  @Test
  void requirePossible_weightsWithoutTheirValues_followsWhatItCan() {
    GraphProto.Builder outline = graph();
    outline.addInitializer(
        TensorProto.newBuilder().setName("to").setDataType(DataType.INT64_VALUE).addDims(2));
    node(outline, "flat", "Reshape", "x", "to");
    assertThat(problem(outline)).isEmpty();
  }

  @Test
  void requirePossible_moreNumbersThanMemoryHolds_areRefused() {
    for (long more : new long[] {1 << 16, 1 << 24}) {
      GraphProto.Builder padded = graph();
      TensorProto margins =
          TensorProto.newBuilder()
              .setName("margins")
              .setDataType(DataType.INT64_VALUE)
              .addDims(8)
              .addAllInt64Data(List.of(0L, more, 0L, 0L, 0L, 0L, 0L, 0L))
              .build();
      padded.addInitializer(margins);
      node(padded, "wide", "Pad", "x", "margins");
      assertThat(problem(padded).isEmpty()).isEqualTo(more == 1 << 16);
    }
  }
}
