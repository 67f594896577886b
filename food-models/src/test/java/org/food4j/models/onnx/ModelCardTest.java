package org.food4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {
  private static final ModelCard PLAIN =
      ModelCard.of(Labels.of(List.of("pizza", "kadai_paneer")), Preprocessing.imagenet(128));

  @Test
  void metadata_fullCard_comesBackEqualAndInOrder() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("seed", "42");
    provenance.put("dataset", "crêpes \"and\" naan");
    Labels labels =
        new Labels(
            List.of(
                new Label(0, "pizza", "Pizza", Map.of("kcal", 266)),
                new Label(1, "crepe", "Crêpe", Map.of())));
    ModelCard card =
        ModelCard.of(labels, Preprocessing.imagenet(224))
            .withTemperature(1.37)
            .withThreshold(0.55)
            .withProvenance(provenance);

    ModelCard read = ModelCard.fromMetadata(card.toMetadata());

    assertThat(read).isEqualTo(card);
    assertThat(read.provenance())
        .containsExactly(Map.entry("seed", "42"), Map.entry("dataset", "crêpes \"and\" naan"));
    assertThat(card.toMetadata().keySet())
        .containsExactly(
            "food4j.version",
            "food4j.labels",
            "food4j.preprocessing",
            "food4j.temperature",
            "food4j.threshold",
            "food4j.provenance");
  }

  @Test
  void metadata_plainCard_leavesOutWhatIsAbsent() {
    assertThat(PLAIN.toMetadata()).doesNotContainKeys("food4j.threshold", "food4j.provenance");
    assertThat(ModelCard.fromMetadata(PLAIN.toMetadata()).threshold())
        .isEqualTo(OptionalDouble.empty());
  }

  @Test
  void metadata_withoutTemperature_means1() {
    Map<String, String> metadata = new LinkedHashMap<>(PLAIN.toMetadata());
    metadata.remove("food4j.temperature");

    assertThat(ModelCard.fromMetadata(metadata).temperature()).isEqualTo(1);
  }

  @Test
  void metadata_severalBrokenKeys_namesAllOfThem() {
    Map<String, String> metadata = new LinkedHashMap<>(PLAIN.toMetadata());
    metadata.remove("food4j.labels");
    metadata.put("food4j.preprocessing", "{}");
    metadata.put("food4j.temperature", "warm");

    assertThatThrownBy(() -> ModelCard.fromMetadata(metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no metadata key 'food4j.labels'")
        .hasMessageContaining("metadata key 'food4j.preprocessing'")
        .hasMessageContaining("metadata key 'food4j.temperature'");
  }

  @Test
  void metadata_ofAnotherVersion_isRefused() {
    Map<String, String> metadata = new LinkedHashMap<>(PLAIN.toMetadata());
    metadata.put("food4j.version", "2");

    assertThatThrownBy(() -> ModelCard.fromMetadata(metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("reads version 1");
  }

  @Test
  void metadata_ofAnotherProducer_saysWhatWasFound() {
    assertThatThrownBy(() -> ModelCard.fromMetadata(Map.of("author", "someone")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no metadata key 'food4j.version' (found: [author])");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void card_impossibleTemperature_isRefused(double temperature) {
    assertThatThrownBy(() -> PLAIN.withTemperature(temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Double.toString(temperature));
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1.1", "NaN"})
  void card_impossibleThreshold_isRefused(double threshold) {
    assertThatThrownBy(() -> PLAIN.withThreshold(threshold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Double.toString(threshold));
  }
}
