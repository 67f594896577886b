package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.quantize.DynamicQuantizer;
import org.food4j.models.onnx.quantize.KeepFloat;
import org.food4j.models.onnx.runtime.BatchDependence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose activations are quantised with scales that every call finds anew. */
class DynamicScalesTest {
  private static final int LENGTH = 3 * SmallModel.SIZE * SmallModel.SIZE;

  @TempDir Path folder;

  /** The mean colours times two. */
  private static ModelProto doubled() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input =
        graph.input("input", OnnxGraphBuilder.BATCH, 3, SmallModel.SIZE, SmallModel.SIZE);
    String mean = graph.node("mean", OnnxNode.of("GlobalAveragePool", input));
    String flat = graph.node("flat", OnnxNode.of("Flatten", mean).with("axis", 1));
    String twice = graph.floats("twice", new float[] {2, 0, 0, 0, 2, 0, 0, 0, 2}, 3, 3);
    graph.output(
        graph.node("logits", OnnxNode.of("MatMul", flat, twice)),
        "logits",
        OnnxGraphBuilder.BATCH,
        SmallModel.CLASSES);
    return graph.build();
  }

  private static ModelProto dynamic() {
    return DynamicQuantizer.quantize(doubled(), KeepFloat.NOTHING, false);
  }

  private OnnxClassifier open(ModelProto model) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxModelFile.write(file, model, SmallModel.CARD);
    return OnnxClassifier.open(file);
  }

  private static float[] photos(float... values) {
    float[] photos = new float[values.length * LENGTH];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(photos, i * LENGTH, (i + 1) * LENGTH, values[i]);
    }
    return photos;
  }

  @Test
  void logits_ofOneBatch_dependOnEachOtherAndItIsSaid() throws IOException {
    try (OnnxClassifier classifier = open(dynamic())) {
      assertThat(classifier.dependsOnBatch()).isTrue();
      float[] alone = classifier.logits(photos(0.7f), 1);
      float[] beside = classifier.logits(photos(0.7f, 1e30f), 2);
      assertThat(Arrays.copyOf(beside, 3)).isNotEqualTo(alone);
    }
    try (OnnxClassifier classifier = open(doubled())) {
      assertThat(classifier.dependsOnBatch()).isFalse();
    }
  }

  @Test
  void logits_ofAFixedBatchThatIsNotFull_dependOnNoEarlierCall() throws IOException {
    ModelProto.Builder fixed = dynamic().toBuilder();
    for (var value :
        new ai.onnx.proto.OnnxMl.ValueInfoProto.Builder[] {
          fixed.getGraphBuilder().getInputBuilder(0), fixed.getGraphBuilder().getOutputBuilder(0)
        }) {
      value
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .getShapeBuilder()
          .getDimBuilder(0)
          .clearDimParam()
          .setDimValue(2);
    }
    try (OnnxClassifier classifier = open(fixed.build())) {
      float[] alone = classifier.logits(photos(0.7f), 1);
      classifier.logits(photos(0.7f, 1e30f), 2);
      assertThat(classifier.logits(photos(0.7f), 1)).isEqualTo(alone);
    }
  }

  @Test
  void isIn_bodiesAndFunctions_areLookedAt() {
    NodeProto node = NodeProto.newBuilder().setOpType("DynamicQuantizeMatMul").build();
    ModelProto plain = doubled();
    assertThat(BatchDependence.isIn(plain)).isFalse();
    ModelProto.Builder function = plain.toBuilder();
    function.addFunctionsBuilder().addNode(node);
    assertThat(BatchDependence.isIn(function.build())).isTrue();
    ModelProto.Builder body = plain.toBuilder();
    body.getGraphBuilder()
        .addNodeBuilder()
        .setOpType("If")
        .addAttributeBuilder()
        .setType(AttributeType.GRAPH)
        .getGBuilder()
        .addNode(node);
    assertThat(BatchDependence.isIn(body.build())).isTrue();
  }
}
