package org.food4j.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelNamesTest {
  @TempDir Path folder;

  private Path file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void of_differentFileNames_areThose() throws Exception {
    assertThat(ModelNames.of(List.of(file("a/model.onnx"), folder.resolve("a"))).values())
        .containsExactly("model.onnx", "a");
  }

  @Test
  void of_equalFileNames_areTheShortestEndingsThatDiffer() throws Exception {
    assertThat(
            ModelNames.of(
                    List.of(
                        file("x/a/model.onnx"),
                        file("x/b/model.onnx"),
                        file("y/b/model.onnx"),
                        file("y/other.onnx")))
                .values())
        .containsExactly("a/model.onnx", "x/b/model.onnx", "y/b/model.onnx", "other.onnx");
  }

  @Test
  void of_oneModelTwice_isRefused() throws Exception {
    Path model = file("a/model.onnx");
    Path again = folder.resolve("a/../a/model.onnx");
    assertThatThrownBy(() -> ModelNames.of(List.of(model, again)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s and %s are the same model: name each once".formatted(model, again));
  }

  @Test
  void of_aMissingModel_stillHasAName() throws Exception {
    assertThat(ModelNames.of(List.of(folder.resolve("missing.onnx"))).values())
        .containsExactly("missing.onnx");
  }
}
