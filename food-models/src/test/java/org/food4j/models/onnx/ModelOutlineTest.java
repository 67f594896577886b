package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOutlineTest {
  @TempDir Path folder;

  private static ModelProto model() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 100);
    String large = graph.floats("large", new float[100 * 30], 100, 30);
    x = graph.node("fc", OnnxNode.of("MatMul", x, large));
    x = graph.node("shape", OnnxNode.of("Reshape", x, graph.integers("to", -1, 30)));
    x = graph.node("softmax", OnnxNode.of("Softmax", x).with("axis", 1));
    graph.output(x, "probabilities", OnnxGraphBuilder.BATCH, 30);
    graph.output(x, "again", OnnxGraphBuilder.BATCH, 30);
    ModelProto.Builder model = graph.build().toBuilder();
    model.addMetadataPropsBuilder().setKey("author").setValue("Z\u00f6e \uD83C\uDF55");
    return model.build();
  }

  @Test
  void read_aModel_tellsAllButItsWeights() throws IOException {
    ModelProto model = model();
    ModelOutline outline =
        ModelOutline.read(Files.write(folder.resolve("m.onnx"), model.toByteArray()));

    assertThat(outline.metadata())
        .containsOnlyKeys("author")
        .containsValue("Z\u00f6e \uD83C\uDF55");
    assertThat(outline.graph().getInputList()).isEqualTo(model.getGraph().getInputList());
    assertThat(outline.graph().getOutputList()).isEqualTo(model.getGraph().getOutputList());
    assertThat(outline.graph().getNodeList()).isEqualTo(model.getGraph().getNodeList());
    TensorProto large = model.getGraph().getInitializer(0);
    assertThat(outline.graph().getInitializer(0))
        .isEqualTo(large.toBuilder().clearRawData().build());
    assertThat(outline.graph().getInitializer(1)).isEqualTo(model.getGraph().getInitializer(1));
  }

  @Test
  void operatorOf_aTensor_looksThroughCopies() throws IOException {
    ModelOutline outline =
        ModelOutline.read(Files.write(folder.resolve("m.onnx"), model().toByteArray()));

    assertThat(outline.operatorOf("probabilities")).contains("Softmax");
    assertThat(outline.operatorOf("again")).contains("Softmax");
    assertThat(outline.operatorOf("fc")).contains("MatMul");
    assertThat(outline.operatorOf("input")).isEmpty();
  }

  @Test
  void read_whatIsNoModel_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("m.onnx"), "hello");
    assertThatThrownBy(() -> ModelOutline.read(file)).isInstanceOf(UnreadableModelException.class);
    Files.write(file, ModelProto.newBuilder().setIrVersion(8).build().toByteArray());
    assertThatThrownBy(() -> ModelOutline.read(file))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("holds no graph");
  }
}
