package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code food quantize} writes, says and refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuantizeCommandTest {
  private static final int SIZE = 32;

  private Path folder;
  private Screen screen;

  @BeforeAll
  void export(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 4);
    List<String> labels;
    try (var classes = Files.list(folder.resolve("photos"))) {
      labels = classes.map(path -> path.getFileName().toString()).sorted().toList();
    }
    OnnxModelFile.write(
        folder.resolve("model.onnx"),
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE)),
        ModelCard.of(Labels.of(labels), Preprocessing.imagenet(SIZE)));
  }

  @Test
  void quantize_static_writesAFileThatTellsItsHistory() throws IOException {
    JsonNode figures =
        json("static", "static.onnx", "--data", path("photos"), "--keep-float", "^stem");

    assertThat(figures.get("form").asText()).isEqualTo("int8 static");
    assertThat(figures.get("bytes").asLong())
        .isEqualTo(Files.size(folder.resolve("static.onnx")))
        .isLessThan(figures.get("float_bytes").asLong() / 2);
    assertThat(figures.get("snr_decibels").asDouble()).isGreaterThan(20);
    assertThat(figures.get("top1").isNumber()).isTrue();
    assertThat(figures.get("float_islands")).hasSize(1);
    OnnxModelFile written = OnnxModelFile.read(folder.resolve("static.onnx"));
    assertThat(written.card()).isEqualTo(OnnxModelFile.read(folder.resolve("model.onnx")).card());
    ModelHistory history = ModelHistory.of(written.model());
    assertThat(history.form()).isEqualTo("int8 static");
    assertThat(history.steps())
        .singleElement()
        .asString()
        .startsWith("quantize --mode static --calibrator mse --types u8s8 --keep-float ^stem on ");

    assertThat(quantize("static", "again.onnx", "--model", path("static.onnx"))).isEqualTo(2);
    assertThat(screen.err()).contains("--data");
  }

  @Test
  void quantize_goal_keepsStretchesFloat() throws IOException {
    JsonNode all = json("static", "all.onnx", "--data", path("photos"));
    double goal = all.get("snr_decibels").asDouble() + 3;
    JsonNode mixed = json("static", "mixed.onnx", "--data", path("photos"), "--min-snr", "" + goal);
    assertThat(mixed.get("snr_decibels").asDouble()).isGreaterThanOrEqualTo(goal);
    assertThat(mixed.get("kept_float")).isNotEmpty();
    assertThat(
            ModelHistory.of(OnnxModelFile.read(folder.resolve("mixed.onnx")).model())
                .steps()
                .get(0))
        .contains("; float: ");
  }

  @Test
  void quantize_dynamic_needsNoPhotos() throws IOException {
    JsonNode figures = json("dynamic", "dynamic.onnx");
    assertThat(figures.get("photos").asInt()).isZero();
    assertThat(figures.get("snr_decibels").isNull()).isTrue();
    assertThat(
            quantize("static", "x.onnx", "--data", path("photos"), "--model", path("dynamic.onnx")))
        .isEqualTo(1);
    assertThat(quantize("dynamic", "text.onnx", "--data", path("photos"))).isZero();
    assertThat(screen.out()).contains("int8 dynamic", "signal to noise", "Top-1");
  }

  @Test
  void quantize_wrongUsage_saysWhatIsAllowed() {
    assertThat(quantize("static", "x.onnx")).isEqualTo(2);
    assertThat(screen.err()).contains("name photos with --data");
    assertThat(quantize("dynamic", "x.onnx", "--min-snr", "25")).isEqualTo(2);
    assertThat(screen.err()).contains("go with --mode static");
    assertThat(quantize("int8", "x.onnx")).isEqualTo(2);
    assertThat(screen.err()).contains("static, dynamic");
    assertThat(quantize("dynamic", "x.onnx", "--keep-float", "(")).isEqualTo(2);
    assertThat(screen.err()).contains("regular expressions");
    assertThat(quantize("dynamic", "x.onnx", "--max-loss", "-1")).isEqualTo(2);
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  private JsonNode json(String mode, String out, String... more) throws IOException {
    String[] arguments = java.util.Arrays.copyOf(more, more.length + 1);
    arguments[more.length] = "--json";
    assertThat(quantize(mode, out, arguments)).as(() -> screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int quantize(String mode, String out, String... more) {
    screen = Screen.piped();
    List<String> arguments = new java.util.ArrayList<>(List.of("quantize", "--mode", mode));
    if (!List.of(more).contains("--model")) {
      arguments.addAll(List.of("--model", path("model.onnx")));
    }
    arguments.addAll(List.of("--out", path(out)));
    arguments.addAll(List.of(more));
    return Food.run(screen.terminal(), arguments.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
