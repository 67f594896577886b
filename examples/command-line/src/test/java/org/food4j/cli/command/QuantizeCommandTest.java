package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.endpoint.PixelInput;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.onnx.quantize.Float16Conversion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    ModelProto network =
        new OnnxExporter()
            .export(
                Architectures.named("se_cnn").graph(new NetworkSpec(labels.size(), SIZE), 1),
                ExportOptions.photos(SIZE));
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    OnnxModelFile.write(
        folder.resolve("model.onnx"), network, ModelCard.of(Labels.of(labels), preprocessing));
    OnnxModelFile.write(folder.resolve("bare.onnx"), featuresFirst(network));
    Files.write(folder.resolve("labels.txt"), labels);
    Files.writeString(folder.resolve("preprocessing.json"), preprocessing.toJson());
    List<String> others = labels.stream().map(label -> label + " of others").toList();
    OnnxModelFile.write(
        folder.resolve("others.onnx"), network, ModelCard.of(Labels.of(others), preprocessing));
  }

  /** Another output before the one with the scores, which has an operator of its own. */
  private static ModelProto featuresFirst(ModelProto network) {
    ModelProto.Builder model = network.toBuilder();
    ValueInfoProto.Builder features = network.getGraph().getOutput(0).toBuilder();
    features.setName("embedding");
    model
        .getGraphBuilder()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Softsign")
                .setName("embedding")
                .addInput(network.getGraph().getOutput(0).getName())
                .addOutput("embedding"))
        .addOutput(0, features);
    return model.build();
  }

  private String[] said(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--model",
                path("bare.onnx"),
                "--labels",
                path("labels.txt"),
                "--preprocessing",
                path("preprocessing.json")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
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
    assertThat(screen.err()).contains("--min-snr goes with --mode static");
    assertThat(quantize("int8", "x.onnx")).isEqualTo(2);
    assertThat(screen.err()).contains("static, dynamic");
    assertThat(quantize("dynamic", "x.onnx", "--keep-float", "(")).isEqualTo(2);
    assertThat(screen.err()).contains("regular expressions");
    assertThat(quantize("dynamic", "x.onnx", "--max-loss", "-1")).isEqualTo(2);
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void quantize_foreignFile_isJudgedByItsScoresAndGetsACard() throws IOException {
    JsonNode own = json("dynamic", "own.onnx", "--data", path("photos"));
    JsonNode foreign = json("dynamic", "foreign.onnx", said("--data", path("photos")));
    assertThat(foreign.get("snr_decibels").asDouble())
        .isCloseTo(own.get("snr_decibels").asDouble(), within(0.01));
    assertThat(foreign.get("float_top1")).isEqualTo(own.get("float_top1"));
    OnnxModelFile written = OnnxModelFile.read(folder.resolve("foreign.onnx"));
    assertThat(written.card()).isEqualTo(OnnxModelFile.read(folder.resolve("own.onnx")).card());
    assertThat(ModelHistory.of(written.model()).form()).isEqualTo("int8 dynamic");
    try (OnnxClassifier classifier = OnnxClassifier.open(folder.resolve("foreign.onnx"))) {
      assertThat(classifier.classes()).isEqualTo(written.card().labels().size());
    }

    JsonNode embedding =
        json(
            "dynamic",
            "embedding.onnx",
            said("--data", path("photos"), "--output", "embedding", "--scores", "logits"));
    assertThat(screen.err()).contains("has no card");
    assertThat(embedding.get("snr_decibels").asDouble())
        .isNotCloseTo(own.get("snr_decibels").asDouble(), within(0.01));
    assertThatThrownBy(() -> OnnxModelFile.readCard(folder.resolve("embedding.onnx")))
        .isInstanceOf(UnreadableModelException.class);
    assertThat(quantize("dynamic", "x.onnx", "--output", "logits")).isEqualTo(2);
    assertThat(screen.err()).contains("all models here have one");
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

  @ParameterizedTest
  @ValueSource(strings = {"static", "dynamic", "fp16", "weights"})
  void quantize_filesOfOthers_writesWhatIsSaidAsTheirCard(String mode) throws IOException {
    OnnxModelFile own = OnnxModelFile.read(folder.resolve("model.onnx"));
    OnnxModelFile.write(
        folder.resolve("foreign-float.onnx"), own.model().toBuilder().clearMetadataProps().build());
    String[] arguments = said("--data", path("photos"), "--validation-photos=4");
    arguments[1] = path("foreign-float.onnx");
    String out = "foreign-" + mode + ".onnx";
    json(mode, out, arguments);

    OnnxModelFile written = OnnxModelFile.read(folder.resolve(out));
    assertThat(written.card().labels()).isEqualTo(own.card().labels());
    assertThat(written.card().preprocessing()).isEqualTo(own.card().preprocessing());
    screen = Screen.piped();
    String[] predict = {"predict", "--model", path(out), path("photos"), "--json"};
    assertThat(Food.run(screen.terminal(), predict)).as(screen.err()).isZero();
    assertThat(new JsonMapper().readTree(screen.out())).hasSize(40);
  }

  @Test
  void quantize_softmaxAtTheEnd_isJudgedAsProbabilities() throws IOException {
    OnnxModelFile model = OnnxModelFile.read(folder.resolve("model.onnx"));
    OnnxModelFile.write(folder.resolve("softmax.onnx"), withSoftmax(model.model()), model.card());
    String[] softmax = {"--model", path("softmax.onnx"), "--data", path("photos")};

    assertThat(quantize("weights", "shares.onnx", softmax)).as(screen.err()).isZero();
    assertThat(screen.out()).contains("Probabilities on ").doesNotContain("Logits");
    assertThat(json("weights", "shares.onnx", softmax).get("scores").asText())
        .isEqualTo("probabilities");
    assertThat(quantize("weights", "shares.onnx", "--data", path("photos"))).isZero();
    assertThat(screen.out()).contains("Logits on ").doesNotContain("Probabilities");
    assertThat(json("weights", "shares.onnx").get("scores").isNull()).isTrue();

    JsonNode said =
        json("dynamic", "shares.onnx", said("--data", path("photos"), "--scores", "probabilities"));
    assertThat(said.get("scores").asText()).isEqualTo("probabilities");
  }

  private static ModelProto withSoftmax(ModelProto network) {
    ModelProto.Builder model = network.toBuilder();
    String logits = network.getGraph().getOutput(0).getName();
    model.getGraphBuilder().getOutputBuilder(0).setName("shares");
    model
        .getGraphBuilder()
        .addNode(OnnxNode.of("Softmax", logits).with("axis", 1).toProto("shares"));
    return model.build();
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

  private JsonNode json(String mode, String out, String... more) throws IOException {
    String[] arguments = java.util.Arrays.copyOf(more, more.length + 1);
    arguments[more.length] = "--json";
    assertThat(quantize(mode, out, arguments)).as(() -> screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int quantize(String mode, String out, String... more) {
    screen = Screen.piped();
    List<String> arguments = new ArrayList<>(List.of("quantize", "--mode", mode));
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
