package org.food4j.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void of_folderNames_makesDisplayNames() {
    assertThat(Labels.of(List.of("kadai_paneer", "éclair", "ice-cream")))
        .extracting(Label::displayName)
        .containsExactly("Kadai Paneer", "Éclair", "Ice Cream");
  }

  @Test
  void json_roundTrip_keepsNamesAndMetadata() {
    Labels labels =
        new Labels(
            List.of(
                new Label(0, "पानी पूरी", "Pani Puri", Map.of("kcal", 329)),
                new Label(1, "chai", "Chai", Map.of())));

    assertThat(Labels.fromJson(labels.toJson())).isEqualTo(labels);
    assertThat(labels.toJson()).doesNotContain("\r").contains("\"display_name\" : \"Pani Puri\"");
  }

  @Test
  void constructor_wrongIndexOrRepeatedName_isRefused() {
    assertThatThrownBy(() -> new Labels(List.of(new Label(1, "chai", "Chai", Map.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("position 0 but says index 1");
    assertThatThrownBy(() -> Labels.of(List.of("chai", "chai")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'chai'");
  }
}
