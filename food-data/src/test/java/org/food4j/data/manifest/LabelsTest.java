package org.food4j.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void read_aNameALineOrJson_givesTheLabelsInOrder(@TempDir Path folder) throws IOException {
    Path text =
        Files.writeString(folder.resolve("classes.txt"), "\ufeffpizza\r\n crème brûlée \r\n");
    Path json = Files.writeString(folder.resolve("labels.JSON"), Labels.read(text).toJson());

    assertThat(Labels.read(text)).isEqualTo(Labels.of(List.of("pizza", "crème brûlée")));
    assertThat(Labels.read(json)).isEqualTo(Labels.read(text));
  }

  @Test
  void read_ofNoSuchFile_saysWhichAndWhere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("classes.txt");
    assertThatThrownBy(() -> Labels.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
    for (String text : List.of("", "pizza\n\ntart\n", "pizza\npizza\n")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Labels.read(file))
          .as(text)
          .isInstanceOf(DatasetException.class)
          .hasMessageStartingWith(file.toString());
    }
    Files.write(file, new byte[] {'a', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> Labels.read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("UTF-8");
  }
}
