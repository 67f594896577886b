package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Map;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;

class ModelHistoryTest {
  private static final ModelProto PLAIN = ModelProto.newBuilder().setIrVersion(8).build();

  @Test
  void of_fileThatTellsNothing_isFloat32WithoutSteps() {
    assertThat(ModelHistory.of(PLAIN)).isEqualTo(new ModelHistory("float32", List.of()));
  }

  @Test
  void of_writtenHistory_isTheSame() {
    ModelHistory history =
        ModelHistory.of(PLAIN).then("optimize").then("quantize, \"minmax\"", "int8 static");

    assertThat(ModelHistory.of(history.writtenInto(PLAIN))).isEqualTo(history);
    assertThat(ModelHistory.of(history.writtenInto(history.writtenInto(PLAIN)))).isEqualTo(history);
  }

  @Test
  void withCard_modelWithHistory_keepsIt() {
    ModelHistory history = ModelHistory.of(PLAIN).then("convert", "float16");
    ModelCard card = ModelCard.of(Labels.of(List.of("pizza", "soup")), Preprocessing.imagenet(32));

    ModelProto carded = OnnxModelFile.withCard(history.writtenInto(PLAIN), card);

    assertThat(ModelHistory.of(carded)).isEqualTo(history);
  }

  @Test
  void fromMetadata_noList_isRefused() {
    assertThatThrownBy(() -> ModelHistory.fromMetadata(Map.of("food4j.history", "{}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("food4j.history");
  }
}
