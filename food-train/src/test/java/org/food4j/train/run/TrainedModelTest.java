package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {
  private static final ModelCard CARD =
      ModelCard.of(Labels.of(List.of("pizza", "salad", "tart")), Preprocessing.imagenet(8));

  @TempDir Path folder;

  private static ModelProto network() {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("input", OnnxGraphBuilder.BATCH, 3, 8, 8);
    x = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1));
    graph.output(x, "logits", OnnxGraphBuilder.BATCH, 3);
    return graph.build();
  }

  @Test
  void form_ofAFile_isWhatItsHistoryTells() throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxModelFile.write(file, network(), CARD);
    try (TrainedModel model = TrainedModel.open(file)) {
      assertThat(model.form()).isEqualTo("onnx float32");
      assertThat(model.name()).isEqualTo("model.onnx");
    }
    ModelHistory history = ModelHistory.of(network()).then("quantize --mode static", "int8 static");
    OnnxModelFile.write(file, history.writtenInto(network()), CARD);
    try (TrainedModel model = TrainedModel.open(file)) {
      assertThat(model.form()).isEqualTo("onnx int8 static");
      assertThat(model.card()).isEqualTo(CARD);
    }
    assertThat(TrainedModel.readCard(file)).isEqualTo(CARD);
  }

  @Test
  void open_foreignFile_takesWhatIsSaid() throws IOException {
    Path file = Files.write(folder.resolve("foreign.onnx"), network().toByteArray());
    ForeignModel said = ForeignModel.of(CARD);

    try (TrainedModel model = TrainedModel.open(file, RuntimeSettings.shared(1), said)) {
      assertThat(model.card()).isEqualTo(CARD);
      assertThat(model.form()).isEqualTo("onnx float32");
    }
    assertThat(TrainedModel.readCard(file, said)).isEqualTo(CARD);
    assertThatThrownBy(() -> TrainedModel.open(file))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("--labels");
    assertThatThrownBy(() -> TrainedModel.readCard(file))
        .isInstanceOf(UnreadableModelException.class);
    assertThatThrownBy(() -> TrainedModel.open(folder, RuntimeSettings.shared(1), said))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("says all about itself");
  }
}
