package org.food4j.models.onnx.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.junit.jupiter.api.Test;

class GraphOptimizerTest {
  /** x through a convolution and an identity; an If whose bodies read both and a constant. */
  private static ModelProto withBodies() {
    ModelProto model =
        new SmallGraph()
            .input("x", 2, 4, 3, 3)
            .output("y")
            .weights("w", 4, 4, 1, 1)
            .weights("k", 1)
            .constant(OnnxTensors.bytes("yes", DataType.BOOL, new byte[] {1}))
            .statistics("n", 4)
            .node("c = Conv x w")
            .end()
            .node("b = BatchNormalization c n.g n.b n.m n.v")
            .end()
            .node("same = Identity b")
            .end()
            .node("gate = Sigmoid same")
            .end()
            .node("choice = If yes")
            .end()
            .node("y = Mul choice gate")
            .end()
            .build();
    ModelProto.Builder changed = model.toBuilder();
    NodeProto.Builder choice = changed.getGraphBuilder().getNodeBuilder(4);
    choice
        .addAttribute(body("then_branch", "Add", "same"))
        .addAttribute(body("else_branch", "Mul", "b"));
    return changed.build();
  }

  private static AttributeProto body(String name, String operator, String read) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
    graph.addNodeBuilder().setOpType("Identity").addInput(read).addOutput(name + "/inner");
    graph
        .addNodeBuilder()
        .setOpType(operator)
        .addInput(name + "/inner")
        .addInput("k")
        .addOutput(name + "/out");
    graph
        .addOutputBuilder()
        .setName(name + "/out")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  private static NodeProto choice(ModelProto model) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOpType().equals("If"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void optimize_bodiesOfControlFlow_stayAndReadTheSame() {
    ModelProto model = withBodies();

    OptimizedModel optimized = GraphOptimizer.standard().optimize(model);

    OutputParity parity = OutputParity.measure(model, optimized.model(), InputNoise.standard());
    assertThat(parity.within(1e-5)).as(parity.toString()).isTrue();
    assertThat(choice(optimized.model())).isEqualTo(choice(model));
    assertThat(optimized.report().operatorsAfter())
        .doesNotContainKey("BatchNormalization")
        .containsEntry("Identity", 1);
  }

  @Test
  void convertToFloat16_bodiesOfControlFlow_readFloat32() {
    ModelProto model = withBodies();

    ModelProto converted = Float16Conversion.standard().convert(model).model();

    OutputParity parity = OutputParity.measure(model, converted, InputNoise.standard());
    assertThat(parity.within(5e-3)).as(parity.toString()).isTrue();
    assertThat(choice(converted)).isEqualTo(choice(model));
  }

  @Test
  void convertToFloat16_outputThatABodyReads_cannotBeHalf() {
    ModelProto.Builder model = withBodies().toBuilder();
    model
        .getGraphBuilder()
        .addOutputBuilder()
        .setName("same")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT_VALUE);

    assertThatThrownBy(
            () -> Float16Conversion.standard().withHalfEndpoints().convert(model.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'same' is read in the body");
  }

  @Test
  void optimize_deepChainOfConstants_isComputedWhole() {
    SmallGraph graph = new SmallGraph().input("x", 2, 4).output("y").weights("k", 4);
    graph.weights("c0", 4);
    for (int i = 0; i < 150; i++) {
      graph.node("c%d = %s c%d k".formatted(i + 1, i % 2 == 0 ? "Add" : "Sub", i)).end();
    }
    assertThat(graph.node("y = Mul x c150").end().after(new ConstantFolding()))
        .containsExactly("Mul");
  }

  @Test
  void optimize_constantsThatGrow_areLeftWhereTheyBecomeLarge() {
    SmallGraph graph = new SmallGraph().input("x", 2, 4).output("y").weights("c0", 1000);
    for (int i = 0; i < 8; i++) {
      graph.node("c%d = Concat c%d c%d".formatted(i + 1, i, i)).with("axis", 0).end();
    }
    ModelProto model =
        graph.longs("s", 0).node("m = Gather c8 s").end().node("y = Mul x m").end().build();

    ModelProto changed = SmallGraph.apply(model, new ConstantFolding());

    assertThat(SmallGraph.operators(changed)).contains("Concat");
    assertThat(changed.getSerializedSize()).isLessThan(200_000);
  }

  @Test
  void apply_graphThatAPassFailsOn_isRefusedNamingThePass() {
    GraphPass failing =
        new GraphPass() {
          @Override
          public String name() {
            return "look beyond";
          }

          @Override
          public int apply(OnnxGraph graph) {
            return Math.toIntExact(List.<Integer>of().get(0));
          }
        };
    ModelProto model = withBodies();

    assertThatThrownBy(() -> new GraphOptimizer(List.of(failing)).optimize(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'look beyond'");
  }

  @Test
  void optimize_otherDomains_areLeftAlone() {
    ModelProto.Builder model =
        new SmallGraph()
                .input("x", 2, 4)
                .output("y")
                .node("a = Gelu x")
                .end()
                .node("b = Identity a")
                .end()
                .node("y = Relu b")
                .end()
                .build()
                .toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setDomain("com.microsoft");
    model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);

    OptimizedModel optimized = GraphOptimizer.standard().optimize(model.build());

    assertThat(optimized.report().operatorsAfter()).containsOnlyKeys("com.microsoft.Gelu", "Relu");
    assertThat(
            OutputParity.measure(model.build(), optimized.model(), InputNoise.standard()).within(0))
        .isTrue();
  }

  @Test
  void optimize_anything_isTold() {
    ModelProto model = new SmallGraph().input("x", 2).output("y").node("y = Relu x").end().build();

    OptimizedModel optimized = GraphOptimizer.standard().optimize(model);

    assertThat(ModelHistory.of(optimized.model()).steps()).containsExactly("optimize");
    assertThat(optimized.report().changes().keySet())
        .containsExactlyElementsOf(GraphOptimizer.standard().passes());
  }

  @Test
  void optimize_passesThatUndoEachOther_endInAnError() {
    GraphPass restless =
        new GraphPass() {
          @Override
          public String name() {
            return "restless";
          }

          @Override
          public int apply(OnnxGraph graph) {
            return 1;
          }
        };
    ModelProto model = new SmallGraph().input("x", 2).output("y").node("y = Relu x").end().build();

    assertThatThrownBy(() -> new GraphOptimizer(List.of(restless)).optimize(model))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restless");
  }

  @Test
  void optimize_attributesThatDoNotFit_isRefused() {
    ModelProto model =
        new SmallGraph()
            .input("x", 2, 3, 8, 8)
            .output("y")
            .weights("w", 4, 3, 3, 3)
            .node("y = Conv x w")
            .list("strides", 1)
            .list("pads", 0)
            .end()
            .build();

    assertThatThrownBy(() -> GraphOptimizer.standard().optimize(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Conv that makes 'y'");
  }
}
