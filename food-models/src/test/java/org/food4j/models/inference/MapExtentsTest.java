package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapExtentsTest {
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

  @Test
  void problem_gateTimesMaps_hasTheSizeOfTheMaps() {
    for (String[] inputs : new String[][] {{"gate", "x"}, {"x", "gate"}}) {
      GraphProto.Builder fits = graph();
      node(fits, "product", "Mul", inputs);
      pool(fits, "product", 8);
      assertThat(MapExtents.problem(fits.build())).isEmpty();

      GraphProto.Builder larger = graph();
      node(larger, "product", "Mul", inputs);
      pool(larger, "product", 10);
      assertThat(MapExtents.problem(larger.build())).get().asString().contains("'pooled'");
    }
  }

  @Test
  void problem_joinedMaps_haveTheirSizesTogether() {
    for (int kernel : new int[] {16, 18}) {
      GraphProto.Builder joined = graph();
      node(joined, "rows", "Concat", "x", "x").addAttributeBuilder().setName("axis").setI(2);
      node(joined, "all", "Concat", "rows", "rows").addAttributeBuilder().setName("axis").setI(-1);
      pool(joined, "all", kernel);
      assertThat(MapExtents.problem(joined.build()).isPresent()).isEqualTo(kernel == 18);
    }
  }

  @Test
  void problem_marginsStoredAsIntegers_areRead() {
    TensorProto margins =
        TensorProto.newBuilder()
            .setName("margins")
            .setDataType(DataType.INT64_VALUE)
            .addDims(8)
            .addAllInt64Data(List.of(0L, 0L, -9L, 0L, 0L, 0L, 0L, 0L))
            .build();
    GraphProto.Builder cut = graph().addInitializer(margins);
    node(cut, "cut", "Pad", "x", "margins");
    assertThat(MapExtents.problem(cut.build())).get().asString().contains("'cut'");
  }
}
