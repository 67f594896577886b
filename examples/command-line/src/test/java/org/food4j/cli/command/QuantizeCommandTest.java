package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.endpoint.PixelInput;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code food quantize} writes, says and refuses. */
class QuantizeCommandTest extends QuantizeFixture {
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
    assertThat(screen.err()).contains("--min-snr goes with --mode static");
    assertThat(quantize("int8", "x.onnx")).isEqualTo(2);
    assertThat(screen.err()).contains("static, dynamic");
    assertThat(quantize("dynamic", "x.onnx", "--keep-float", "(")).isEqualTo(2);
    assertThat(screen.err()).contains("regular expressions");
    assertThat(quantize("dynamic", "x.onnx", "--max-loss", "-1")).isEqualTo(2);
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_filesThatTakePixels_areJudgedByTheSamePhotos() throws IOException {
    OnnxModelFile model = OnnxModelFile.read(folder.resolve("model.onnx"));
    OnnxModelFile.write(
        folder.resolve("pixels.onnx"),
        PixelInput.of(model.model(), model.card().preprocessing()),
        model.card());
    JsonNode own = json("static", "own8.onnx", "--data", path("photos"));
    JsonNode pixels =
        json("static", "pixels8.onnx", "--model", path("pixels.onnx"), "--data", path("photos"));
    assertThat(pixels.get("float_top1")).isEqualTo(own.get("float_top1"));
    assertThat(pixels.get("snr_decibels").asDouble())
        .isCloseTo(own.get("snr_decibels").asDouble(), within(2.0));
    try (OnnxClassifier classifier = OnnxClassifier.open(folder.resolve("pixels8.onnx"))) {
      assertThat(classifier.takesPixels()).isTrue();
    }
  }

  @Test
  void quantize_floatForms_areSmallerAndTellTheirHistory() throws IOException {
    JsonNode half = json("fp16", "half.onnx", "--data", path("photos"));
    assertThat(half.get("form").asText()).isEqualTo("float16");
    assertThat((double) half.get("bytes").asLong() / half.get("float_bytes").asLong())
        .isBetween(0.45, 0.6);
    assertThat(half.get("snr_decibels").asDouble()).isGreaterThan(50);
    assertThat(half.get("integer_operations").isNull()).isTrue();
    JsonNode weights = json("weights", "weights.onnx", "--data", path("photos"));
    assertThat(weights.get("form").asText()).isEqualTo("int8 weights");
    assertThat((double) weights.get("bytes").asLong() / weights.get("float_bytes").asLong())
        .isBetween(0.2, 0.4);
    assertThat(weights.get("snr_decibels").asDouble()).isGreaterThan(25);

    for (String mode : List.of("fp16", "weights")) {
      Path file = folder.resolve(mode.equals("fp16") ? "half.onnx" : "weights.onnx");
      assertThat(ModelHistory.of(OnnxModelFile.read(file).model()).steps())
          .containsExactly("quantize --mode " + mode);
      assertThat(quantize(mode, "x.onnx", "--keep-float", ".")).as(mode).isEqualTo(1);
      assertThat(screen.err()).contains("model.onnx: ");
    }
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_float16File_isSentToItsFloat32One() throws IOException {
    OnnxModelFile model = OnnxModelFile.read(folder.resolve("model.onnx"));
    ModelProto half =
        Float16Conversion.standard().withHalfEndpoints().convert(model.model()).model();
    OnnxModelFile.write(folder.resolve("float16.onnx"), half, model.card());
    String[] given = {"--model", path("float16.onnx"), "--data", path("photos")};

    for (String mode : List.of("static", "dynamic", "fp16", "weights")) {
      assertThat(quantize(mode, "x.onnx", given)).as(mode).isEqualTo(1);
      assertThat(screen.err())
          .contains("float16.onnx: ", "is FLOAT16 [-1, 3, 32, 32]", "quantise the float32 one");
      if (!mode.equals("static")) {
        assertThat(quantize(mode, "x.onnx", given[0], given[1])).as(mode).isEqualTo(1);
        assertThat(screen.err()).contains("float32").doesNotContain("[]");
      }
    }
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_fileWithAnActivationMap_explainsPhotosAsBefore() throws IOException {
    ModelCard card = OnnxModelFile.readCard(folder.resolve("model.onnx"));
    int classes = card.labels().size();
    OnnxModelFile.write(
        folder.resolve("cam.onnx"),
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(classes, SIZE), 1),
                ExportOptions.photos(SIZE).withFeatures().withClassActivation()),
        card);
    JsonNode floats = explained("cam.onnx");
    for (String mode : List.of("static", "dynamic", "fp16", "weights")) {
      json(mode, "cam8.onnx", "--model", path("cam.onnx"), "--data", path("photos"));
      JsonNode found = explained("cam8.onnx");

      assertThat(found.get("vertex").asText()).as(mode).isEqualTo("cam");
      assertThat(found.get("label")).isEqualTo(floats.get("label"));
      assertThat(found.get("probability").asDouble())
          .isCloseTo(floats.get("probability").asDouble(), within(0.02));
    }
  }

  private JsonNode explained(String model) throws IOException {
    Path photo;
    try (var photos = Files.walk(folder.resolve("photos"))) {
      photo = photos.filter(p -> p.toString().endsWith(".jpg")).sorted().findFirst().orElseThrow();
    }
    screen = Screen.piped();
    String label = photo.getParent().getFileName().toString();
    List<String> explain = new ArrayList<>(List.of("explain", "--model", path(model), "--json"));
    explain.addAll(List.of("--photo", photo.toString(), "--out", path("x.png"), "--class", label));
    assertThat(Food.run(screen.terminal(), explain.toArray(String[]::new)))
        .as(() -> screen.err())
        .isZero();
    return new JsonMapper().readTree(screen.out());
  }

  @Test
  void quantize_whatTheRuntimeRefuses_isNotWritten() throws IOException {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("x", OnnxGraphBuilder.BATCH, 64);
    float[] values = new float[64 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    String weights = graph.floats("W", values, 64, 32);
    String product = graph.node("product", OnnxNode.of("MatMul", input, weights));
    graph.output(graph.node("odd", OnnxNode.of("Nonsense", product)), "y", -1, 32);
    OnnxModelFile.write(folder.resolve("odd.onnx"), graph.build());

    for (String mode : List.of("fp16", "weights", "dynamic")) {
      assertThat(quantize(mode, "x.onnx", "--model", path("odd.onnx"))).as(mode).isEqualTo(1);
      assertThat(screen.err()).contains("ONNX Runtime cannot load", "Nonsense");
    }
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_ontoTheModel_isRefused() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("model.onnx"));
    Files.createSymbolicLink(folder.resolve("link.onnx"), folder.resolve("model.onnx"));
    Files.createSymbolicLink(folder.resolve("here"), Path.of("photos/.."));
    Path relative = Path.of("").toAbsolutePath().relativize(folder.resolve("model.onnx"));
    List<String> names =
        List.of(
            path("model.onnx"),
            path("link.onnx"),
            path("photos/../model.onnx"),
            path("here/link.onnx"),
            relative.toString());
    for (String out : names) {
      for (String verb : List.of("quantize --mode weights", "optimize")) {
        screen = Screen.piped();
        String[] words =
            "%s --model %s --out %s".formatted(verb, path("model.onnx"), out).split(" ");
        assertThat(Food.run(screen.terminal(), words)).as(out).isEqualTo(2);
        assertThat(screen.err())
            .contains("--out " + out + " is the file of --model", "name another");
        assertThat(screen.err().lines()).as("of %s", out).hasSizeLessThanOrEqualTo(2);
      }
    }
    assertThat(folder.resolve("model.onnx")).hasBinaryContent(before);
  }

  @Test
  void quantize_photosOfOtherClasses_tellNoTop1() throws IOException {
    screen = Screen.piped();
    String[] prepare = {"data", "prepare", "--photos", path("photos"), "--out", path("set")};
    assertThat(Food.run(screen.terminal(), prepare)).as(screen.err()).isZero();
    String[] others = {"--model", path("others.onnx"), "--data", path("set")};

    JsonNode figures = json("dynamic", "judged.onnx", others);
    assertThat(screen.err()).contains("top-1 is not told");
    assertThat(figures.get("snr_decibels").isNumber()).isTrue();
    assertThat(figures.get("top1").isNull()).isTrue();
    assertThat(
            quantize(
                "static", "x.onnx", others[0], others[1], others[2], others[3], "--max-loss=1"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("give --min-snr instead").doesNotContain("Calibrating");
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamic --calibrator=mse",
        "fp16 --types=u8s8",
        "weights --calibration-photos=128",
        "dynamic --no-bias-correction",
        "fp16 --reduce-range",
        "weights --reduce-range",
        "weights --max-loss=1",
        "dynamic --validation-photos=256"
      })
  void quantize_optionWithoutEffect_isWrongUsage(String line) {
    String[] words = line.split(" ");
    assertThat(quantize(words[0], "x.onnx", words[1])).isEqualTo(2);
    assertThat(screen.err()).contains(words[1].split("=")[0] + " goes with ");
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }
}
