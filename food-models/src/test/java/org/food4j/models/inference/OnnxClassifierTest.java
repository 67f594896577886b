package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxClassifierTest {
  private static final int PIXELS = SmallModel.SIZE * SmallModel.SIZE;

  @TempDir Path folder;

  private Path file(ModelProto model) throws IOException {
    Path path = folder.resolve("model.onnx");
    OnnxModelFile.write(path, model, SmallModel.CARD);
    return path;
  }

  /** Photos of one colour each: channel c of photo n is {@code values[3 * n + c]}. */
  private static float[] photos(float... values) {
    float[] input = new float[values.length * PIXELS];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(input, i * PIXELS, (i + 1) * PIXELS, values[i]);
    }
    return input;
  }

  @Test
  void logits_batchesOfChangingSize_areComputed() throws IOException {
    try (OnnxClassifier classifier =
        OnnxClassifier.open(file(SmallModel.withOutput("logits")), RuntimeSettings.shared(1))) {
      assertThat(classifier.classes()).isEqualTo(SmallModel.CLASSES);
      assertThat(classifier.inputSize()).isEqualTo(SmallModel.SIZE);
      assertThat(classifier.runtime()).startsWith("ONNX Runtime 1.");
      for (int repeat = 0; repeat < 2; repeat++) {
        assertThat(classifier.logits(photos(1, 2, 3), 1))
            .containsExactly(new float[] {1, 2, 3}, within(1e-6f));
        assertThat(classifier.logits(photos(4, 5, 6, 7, 8, 9), 2))
            .containsExactly(new float[] {4, 5, 6, 7, 8, 9}, within(1e-6f));
        assertThat(classifier.logits(photos(7, 8, 9, 1, 2, 3), 2))
            .containsExactly(new float[] {7, 8, 9, 1, 2, 3}, within(1e-6f));
      }
    }
  }

  @Test
  void logits_fromSeveralThreads_areNotMixedUp() throws IOException {
    try (OnnxClassifier classifier =
        OnnxClassifier.open(file(SmallModel.withOutput("logits")), RuntimeSettings.shared(1))) {
      List<Float> reds =
          IntStream.range(0, 200)
              .parallel()
              .mapToObj(n -> classifier.logits(photos(n, 0, 0), 1)[0])
              .toList();

      assertThat(reds)
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(n -> (float) n).toList());
    }
  }

  @Test
  void logits_wrongLength_isRefused() throws IOException {
    try (OnnxClassifier classifier =
        OnnxClassifier.open(file(SmallModel.withOutput("logits")), RuntimeSettings.shared(1))) {
      assertThatThrownBy(() -> classifier.logits(new float[5], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A batch of 1 photos of 4 x 4 pixels takes 48 floats, not 5");
      assertThatThrownBy(() -> classifier.logits(new float[0], 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void logits_afterClose_fails() throws IOException {
    OnnxClassifier classifier =
        OnnxClassifier.open(file(SmallModel.withOutput("logits")), RuntimeSettings.shared(1));
    classifier.logits(photos(1, 2, 3), 1);
    classifier.close();
    classifier.close();

    assertThatThrownBy(() -> classifier.logits(photos(1, 2, 3), 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_networkOfVectors_saysItsShapes() throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 7);
    graph.output(graph.node("relu", OnnxNode.of("Relu", input)), "logits", -1, 7);
    Path path = file(graph.build());

    assertThatThrownBy(() -> OnnxClassifier.open(path))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("[-1, 7]");
  }

  @Test
  void open_truncatedFile_isUnreadable() throws IOException {
    Path path = file(SmallModel.withOutput("logits"));
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> OnnxClassifier.open(path))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("not a complete ONNX file");
  }

  @Test
  void open_missingFile_isUnreadable() {
    assertThatThrownBy(() -> OnnxClassifier.open(folder.resolve("no.onnx")))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("there is no such file");
  }
}
