package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class OnnxGraphBuilderTest {
  private final OnnxGraphBuilder builder = new OnnxGraphBuilder("test");
  private final String input = builder.input("input", OnnxGraphBuilder.BATCH, 2);

  @Test
  void node_nameTaken_getsItsOperatorAndThenANumber() {
    String first = builder.node("v", OnnxNode.of("Relu", input));
    String second = builder.node("v", OnnxNode.of("Tanh", first));
    String third = builder.node("v", OnnxNode.of("Tanh", second));

    assertThat(first).isEqualTo("v");
    assertThat(second).isEqualTo("v/Tanh");
    assertThat(third).isEqualTo("v/Tanh_2");
  }

  @Test
  void output_renamesTheTensorWhereverItIsRead() {
    String shared = builder.node("shared", OnnxNode.of("Relu", input));
    String last = builder.node("last", OnnxNode.of("Tanh", shared));
    builder.output(shared, "features", -1, 2);
    builder.output(last, "logits", -1, 2);

    GraphProto graph = builder.build().getGraph();

    assertThat(graph.getNode(0).getName()).isEqualTo("shared");
    assertThat(graph.getNode(0).getOutput(0)).isEqualTo("features");
    assertThat(graph.getNode(1).getInput(0)).isEqualTo("features");
    assertThat(graph.getNode(1).getOutput(0)).isEqualTo("logits");
  }

  @Test
  void output_nameOfAnotherTensor_movesThatOne() {
    String first = builder.node("logits", OnnxNode.of("Relu", input));
    builder.output(builder.node("last", OnnxNode.of("Tanh", first)), "logits", -1, 2);

    GraphProto graph = builder.build().getGraph();

    assertThat(graph.getNode(0).getOutput(0)).isEqualTo(graph.getNode(1).getInput(0));
    assertThat(graph.getNode(0).getOutput(0)).isNotEqualTo("logits");
    assertThat(graph.getNode(1).getOutput(0)).isEqualTo("logits");
  }

  @Test
  void output_ofAnInputOrOfOneTensorTwice_isCopied() {
    String relu = builder.node("relu", OnnxNode.of("Relu", input));
    builder.output(input, "same", -1, 2);
    builder.output(relu, "a", -1, 2);
    builder.output(relu, "b", -1, 2);

    GraphProto graph = builder.build().getGraph();

    assertThat(graph.getNodeList())
        .extracting(node -> node.getOpType() + node.getInputList() + node.getOutputList())
        .containsExactly("Relu[input][a]", "Identity[input][same]", "Identity[a][b]");
  }

  @Test
  void output_nameTwiceOrOfAnInput_isRefused() {
    String relu = builder.node("relu", OnnxNode.of("Relu", input));
    builder.output(relu, "input", -1, 2);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'input'");
  }

  @Test
  void floats_areRawLittleEndianData() {
    builder.floats("w", new float[] {1.5f, -2f}, 1, 2);

    TensorProto tensor = builder.build().getGraph().getInitializer(0);

    ByteBuffer raw = ByteBuffer.wrap(tensor.getRawData().toByteArray());
    assertThat(tensor.getDimsList()).containsExactly(1L, 2L);
    assertThat(raw.order(ByteOrder.LITTLE_ENDIAN).getFloat(4)).isEqualTo(-2f);
  }

  @Test
  void floats_ofAnotherShape_areRefused() {
    assertThatThrownBy(() -> builder.floats("w", new float[3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w' of shape [2, 2] hold 4 values, not 3");
  }

  @Test
  void input_dimensionOfZero_isRefused() {
    assertThatThrownBy(() -> builder.input("bad", 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 2]");
  }
}
