package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelFileTest {
  private static final ModelCard CARD =
      ModelCard.of(Labels.of(List.of("pizza", "salad")), Preprocessing.imagenet(32));

  @TempDir Path folder;

  private static ModelProto model() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 2);
    String weights = graph.floats("weights", new float[] {1, 2, 3, 4}, 2, 2);
    graph.output(graph.node("fc", OnnxNode.of("MatMul", input, weights)), "logits", -1, 2);
    return graph.build();
  }

  @Test
  void write_thenRead_givesModelAndCard() throws IOException {
    Path path = folder.resolve("new/deep/model.onnx");

    OnnxModelFile.write(path, model(), CARD);
    OnnxModelFile file = OnnxModelFile.read(path);

    assertThat(file.card()).isEqualTo(CARD);
    assertThat(file.model().getGraph()).isEqualTo(model().getGraph());
    assertThat(filesBeside(path)).containsExactly(path);
  }

  @Test
  void write_overAFileWithOthersMetadata_replacesTheCardAndKeepsTheRest() throws IOException {
    Path path = folder.resolve("model.onnx");
    ModelProto.Builder foreign = model().toBuilder();
    foreign.addMetadataPropsBuilder().setKey("author").setValue("someone");
    OnnxModelFile.write(path, foreign.build(), CARD);

    ModelCard calibrated = CARD.withTemperature(2);
    OnnxModelFile.write(path, OnnxModelFile.read(path).model(), calibrated);

    OnnxModelFile file = OnnxModelFile.read(path);
    assertThat(file.card()).isEqualTo(calibrated);
    assertThat(file.model().getMetadataPropsList())
        .filteredOn(entry -> entry.getKey().equals("author"))
        .hasSize(1);
    assertThat(file.model().getMetadataPropsList())
        .filteredOn(entry -> entry.getKey().equals("food4j.temperature"))
        .hasSize(1);
  }

  @Test
  void write_twice_givesTheSameBytes() throws IOException {
    OnnxModelFile.write(folder.resolve("a.onnx"), model(), CARD);
    OnnxModelFile.write(folder.resolve("b.onnx"), model(), CARD);

    assertThat(folder.resolve("a.onnx")).hasSameBinaryContentAs(folder.resolve("b.onnx"));
  }

  @Test
  void write_overAFolder_failsAndLeavesNothingBehind() throws IOException {
    Path path = Files.createDirectories(folder.resolve("model.onnx/inside")).getParent();

    assertThatThrownBy(() -> OnnxModelFile.write(path, model(), CARD))
        .isInstanceOf(IOException.class);
    assertThat(filesBeside(path)).containsExactly(path);
  }

  @Test
  void read_missingFile_saysSo() {
    assertUnreadable(folder.resolve("no.onnx"), "there is no such file");
  }

  @Test
  void read_folder_saysSo() {
    assertUnreadable(folder, "not a file");
  }

  @Test
  void read_emptyFile_saysSo() throws IOException {
    assertUnreadable(Files.createFile(folder.resolve("empty.onnx")), "it is empty");
  }

  @Test
  void read_textFile_isNotOnnx() throws IOException {
    assertUnreadable(Files.writeString(folder.resolve("text.onnx"), "this is no model\n"), "not a");
  }

  @Test
  void read_truncatedFile_isNotComplete() throws IOException {
    Path path = folder.resolve("model.onnx");
    OnnxModelFile.write(path, model(), CARD);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));

    assertUnreadable(path, "not a complete ONNX file");
  }

  @Test
  void read_modelWithoutCard_saysWhichKeyIsMissing() throws IOException {
    assertUnreadable(
        Files.write(folder.resolve("foreign.onnx"), model().toByteArray()),
        "without a valid model card: no metadata key 'food4j.version'");
  }

  private static void assertUnreadable(Path path, String reason) {
    assertThatThrownBy(() -> OnnxModelFile.read(path))
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(reason)
        .asInstanceOf(type(UnreadableModelException.class))
        .extracting(UnreadableModelException::file)
        .isEqualTo(path);
  }

  private static List<Path> filesBeside(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.toList();
    }
  }
}
