package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
  /** input, Relu "a", Identity "b", Add "sum" of a and b, which is the output "y". */
  private static ModelProto model() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("x", OnnxGraphBuilder.BATCH, 2);
    String a = builder.node("a", OnnxNode.of("Relu", input));
    String b = builder.node("b", OnnxNode.of("Identity", a));
    String sum = builder.node("sum", OnnxNode.of("Add", a, b));
    String shifted =
        builder.node("shifted", OnnxNode.of("Add", sum, builder.floats("w", new float[2], 2)));
    builder.output(shifted, "y", OnnxGraphBuilder.BATCH, 2);
    return builder.build();
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  @Test
  void toModel_untouched_isTheSame() {
    assertThat(OnnxGraph.of(model()).toModel()).isEqualTo(model());
  }

  @Test
  void bypass_nodeInTheMiddle_letsItsReadersReadItsInput() {
    OnnxGraph graph = OnnxGraph.of(model());

    assertThat(graph.bypass(graph.producer("b").orElseThrow(), "a")).isTrue();

    NodeProto sum = graph.producer("sum").orElseThrow();
    assertThat(sum.getInputList()).containsExactly("a", "a");
    assertThat(graph.readers("a")).containsExactly(sum);
    assertThat(operators(graph.toModel())).containsExactly("Relu", "Add", "Add");
  }

  @Test
  void bypass_nodeThatMakesAnOutput_givesTheOutputsNameToWhatComesBefore() {
    OnnxGraph graph = OnnxGraph.of(model());

    assertThat(graph.bypass(graph.producer("y").orElseThrow(), "sum")).isTrue();

    ModelProto shorter = graph.toModel();
    assertThat(shorter.getGraph().getNode(2).getOutputList()).containsExactly("y");
    assertThat(shorter.getGraph().getInitializerList()).isEmpty();
  }

  @Test
  void bypass_betweenInputAndOutput_leavesTheNode() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
    String input = builder.input("x", OnnxGraphBuilder.BATCH, 2);
    builder.output(
        builder.node("a", OnnxNode.of("Identity", input)), "y", OnnxGraphBuilder.BATCH, 2);
    OnnxGraph graph = OnnxGraph.of(builder.build());

    assertThat(graph.bypass(graph.producer("y").orElseThrow(), "x")).isFalse();
    assertThat(graph.toModel()).isEqualTo(builder.build());
  }

  @Test
  void replace_nodeAddedBehindItsReaders_isWrittenInAnOrderOfComputation() {
    OnnxGraph graph = OnnxGraph.of(model());
    String scaled = graph.add("scaled", OnnxNode.of("Abs", "a"));
    graph.setInput(graph.producer("sum").orElseThrow(), 1, scaled);

    assertThat(operators(graph.toModel())).containsExactly("Relu", "Identity", "Abs", "Add", "Add");
  }

  @Test
  void keepsName_tensorThatALoopTakesAndItsBodyReads_isTrue() {
    ModelProto.Builder model = model().toBuilder();
    GraphProto.Builder body = GraphProto.newBuilder();
    body.addInputBuilder().setName("i");
    body.addInputBuilder().setName("again");
    body.addInputBuilder().setName("state");
    body.addInitializerBuilder().setName("inner_weights");
    body.addNodeBuilder().setOpType("Add").addInput("state").addInput("b").addOutput("next");
    body.addOutputBuilder().setName("again");
    body.addOutputBuilder().setName("next");
    NodeProto.Builder loop = model.getGraphBuilder().addNodeBuilder().setOpType("Loop");
    loop.setName("loop").addInput("").addInput("").addInput("b").addOutput("last");
    loop.addAttributeBuilder().setName("body").setG(body);
    model.getGraphBuilder().addOutputBuilder().setName("last");
    OnnxGraph graph = OnnxGraph.of(model.build());

    assertThat(graph.keepsName("b")).isTrue();
    assertThat(graph.isReadInBody("a")).isFalse();
    assertThat(graph.bypass(graph.producer("b").orElseThrow(), "a")).isFalse();
    assertThat(graph.free("state")).isNotEqualTo("state");
    assertThat(graph.free("inner_weights")).isNotEqualTo("inner_weights");
  }

  @Test
  void of_valuesInAFileOfTheirOwn_isRefused() {
    TensorProto.Builder outside =
        TensorProto.newBuilder().setName("far").setDataLocation(DataLocation.EXTERNAL);
    ModelProto.Builder weights = model().toBuilder();
    weights.getGraphBuilder().addInitializer(outside);
    ModelProto.Builder constant = model().toBuilder();
    NodeProto.Builder node = constant.getGraphBuilder().addNodeBuilder().setOpType("Constant");
    node.addOutput("k").addAttributeBuilder().setName("value").setT(outside);

    for (ModelProto.Builder broken : List.of(weights, constant)) {
      assertThatThrownBy(() -> OnnxGraph.of(broken.build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'far' lie in a file of their own");
    }
  }

  @Test
  void of_tensorThatNothingMakes_isRefused() {
    ModelProto.Builder broken = model().toBuilder();
    broken.getGraphBuilder().getNodeBuilder(0).setInput(0, "missing");

    assertThatThrownBy(() -> OnnxGraph.of(broken.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'missing' is read, but nothing makes it");
  }

  @Test
  void of_nodesInACircle_isRefused() {
    ModelProto.Builder broken = model().toBuilder();
    broken.getGraphBuilder().getNodeBuilder(0).setInput(0, "sum");

    assertThatThrownBy(() -> OnnxGraph.of(broken.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wait for each other");
  }

  @Test
  void of_tensorMadeTwice_isRefused() {
    ModelProto.Builder broken = model().toBuilder();
    broken.getGraphBuilder().getNodeBuilder(1).setOutput(0, "a");

    assertThatThrownBy(() -> OnnxGraph.of(broken.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' is made twice");
  }
}
