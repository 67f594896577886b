package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The verbs from photos to answers, on a few drawn dishes, and what they say to bad input. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowTest {
  private static final String[] SMALL_TRAINING = {
    "--set",
    "epochs=1",
    "--set",
    "input_size=32",
    "--set",
    "batch_size=16",
    "--set",
    "warm_up_epochs=0"
  };

  private Path folder;
  private Path photos;
  private Screen screen;

  @BeforeAll
  void prepareAndTrain(@TempDir Path temporary) throws IOException {
    folder = temporary;
    photos = folder.resolve("photos");
    new DrawnDishes(5).write(photos, 10);
    Files.writeString(photos.resolve("pizza/notes.jpg"), "not a photo, only named like one");
    Files.createFile(photos.resolve("pizza/nothing.jpg"));
    byte[] whole = Files.readAllBytes(photos.resolve("tart/tart-0000.jpg"));
    Files.write(photos.resolve("tart/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    JsonNode prepared =
        json(
            "data",
            "prepare",
            "--photos",
            photos.toString(),
            "--out",
            path("dataset"),
            "--train",
            "6",
            "--validation",
            "2",
            "--test",
            "2");
    assertThat(prepared.get("classes").asInt()).isEqualTo(10);
    assertThat(prepared.get("kept").asInt()).isEqualTo(100);
    assertThat(prepared.get("rejected").asInt()).isEqualTo(3);
    assertThat(folder.resolve("dataset/rejected.csv"))
        .content()
        .contains(
            "pizza/notes.jpg,", "pizza/nothing.jpg,empty file", "tart/cut.jpg,truncated JPEG");
    assertThat(prepared.get("train").asInt()).isEqualTo(60);
    JsonNode trained =
        json(with(SMALL_TRAINING, "train", "--data", path("dataset"), "--out", path("run")));
    assertThat(trained.get("photos").asInt()).isEqualTo(20);
    assertThat(
            json("export", "--model", path("run"), "--out", path("model.onnx"))
                .get("top1_agreement")
                .asDouble())
        .isEqualTo(1);
  }

  @Test
  void export_ofARun_agreesWithinRounding() throws IOException {
    JsonNode exported = json("export", "--model", path("run"), "--out", path("again.onnx"));
    assertThat(exported.get("max_abs_difference").asDouble()).isLessThan(1e-4);
    assertThat(folder.resolve("again.onnx")).hasSameBinaryContentAs(folder.resolve("model.onnx"));
  }

  @Test
  void export_withMoreInputsAndOutputs_servesEveryVerb() throws IOException {
    String[] export = {"export", "--model", path("run"), "--out", path("pixels.onnx")};
    String[] more = {"--uint8-input", "--features", "--cam", "--endpoint", "stages.0.add"};
    assertThat(json(with(more, export)).get("max_abs_difference").asDouble()).isLessThan(1e-4);
    String photo = photos.resolve("tart/tart-0001.jpg").toString();
    JsonNode floats = json("predict", "--model", path("model.onnx"), photo).get(0);
    JsonNode pixels = json("predict", "--model", path("pixels.onnx"), photo).get(0);
    assertThat(pixels.findValuesAsText("label")).isEqualTo(floats.findValuesAsText("label"));
    String[] explain = {"explain", "--photo", photo, "--out", path("x.png"), "--class", "tart"};
    JsonNode cam = json(with(new String[] {"--model", path("pixels.onnx")}, explain));
    assertThat(cam.get("label").asText()).isEqualTo("tart");
    assertThat(cam.get("vertex").asText()).isEqualTo("cam");
    assertThat(folder.resolve("x.png")).isNotEmptyFile();
    refused("export it with --cam", with(new String[] {"--model", path("model.onnx")}, explain));
    assertThat(run(with(new String[] {"--opset", "13"}, export))).isEqualTo(2);
    assertThat(screen.err()).contains("--opset is 17");
    refused("no vertex 'body'", with(new String[] {"--endpoint", "body"}, export));
    Files.delete(folder.resolve("x.png"));
    Files.delete(folder.resolve("pixels.onnx"));
  }

  @Test
  void compare_ofRunAndFile_findsNoDifference() throws IOException {
    String[] compare = {
      "compare", "--model", path("run"), "--model", path("model.onnx"), "--data", path("dataset")
    };
    JsonNode comparison = json(compare);
    assertThat(comparison.get("photos").asInt()).isEqualTo(20);
    assertThat(comparison.get("models")).hasSize(2);
    assertThat(comparison.get("models").get(1).get("model").asText()).endsWith("model.onnx");
    JsonNode pair = comparison.get("pairs").get(0);
    assertThat(comparison.get("pairs")).hasSize(1);
    assertThat(pair.get("p_value").asDouble()).isEqualTo(1);
    assertThat(pair.get("same_answer").asDouble()).isEqualTo(1);
    assertThat(pair.get("both_correct").asInt() + pair.get("neither").asInt()).isEqualTo(20);
    assertThat(run(compare)).isZero();
    assertThat(screen.out()).contains("+0.0 points", "p = 1.000: not significant", "same answer");
    assertThat(run("compare", "--model", path("run"), "--data", path("dataset"))).isEqualTo(2);
    assertThat(screen.err()).contains("--model is given twice or more");
  }

  @Test
  void predict_onPhotosAndRubbish_answersAndNamesTheRubbish() throws IOException {
    Path good = photos.resolve("pizza/pizza-0000.jpg");
    int exit =
        run(
            "predict",
            "--json",
            "--top",
            "3",
            "--model",
            path("model.onnx"),
            good.toString(),
            photos.resolve("pizza/notes.jpg").toString());
    assertThat(exit).isEqualTo(1);
    JsonNode answers = new JsonMapper().readTree(screen.out());
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).get("photo").asText()).isEqualTo(good.toString());
    assertThat(answers.get(0).get("none_of_these").asBoolean(true)).isFalse(); // no threshold
    assertThat(answers.get(0).get("predictions")).hasSize(3);
    assertThat(answers.get(0).get("predictions").get(0).fieldNames())
        .toIterable()
        .containsExactly("label", "probability");
    assertThat(screen.err()).contains("notes.jpg: ");
  }

  @Test
  void explain_ofAPhoto_drawsWhatSpeaksForTheClassAskedFor() throws IOException {
    String photo = photos.resolve("tart/tart-0001.jpg").toString();
    String[] explain = {
      "explain", "--model", path("run"), "--photo", photo, "--out", path("x.png")
    };
    JsonNode heat = json(with(new String[] {"--class", "pizza", "--stage", "stages.0"}, explain));
    assertThat(heat.get("label").asText()).isEqualTo("pizza");
    assertThat(heat.get("vertex").asText()).isEqualTo("stages.0.add");
    assertThat(heat.get("heat")).hasSize(8); // a quarter of the 32 pixels
    assertThat(folder.resolve("x.png")).isNotEmptyFile();
    JsonNode attention = json(with(new String[] {"--method", "Attention"}, explain));
    assertThat(attention.get("attention")).hasSize(4);
    assertThat(attention.get("attention").get(3).get("count").asInt()).isEqualTo(256);
    assertThat(run(with(new String[] {"--method", "cam"}, explain))).isEqualTo(2);
    assertThat(screen.err()).contains("one of gradcam, gradcam++, attention, not 'cam'");
    assertThat(run(with(new String[] {"--method", "attention", "--class", "tart"}, explain)))
        .isEqualTo(2);
    refused("has no class 'soup'", with(new String[] {"--class", "soup"}, explain));
    refused("there are stem, stages.0,", with(new String[] {"--stage", "body"}, explain));
    refused(
        "There is no photo", "explain", "--model", path("run"), "--photo", "no.jpg", "--out", "x");
    refused(
        "not a complete ONNX file", "explain", "--model", photo, "--photo", photo, "--out", "x");
    refused(
        "There is no folder " + path("none"),
        "explain",
        "--model",
        path("run"),
        "--photo",
        photo,
        "--out",
        path("none/x.png"));
    refused("is a folder", "export", "--model", path("run"), "--out", path("run"));
    refused("is a folder", "data", "inspect", path("dataset"), "--out", path("run"));
    Files.delete(folder.resolve("x.png"));
  }

  @Test
  void inspect_ofTheDataset_writesAPageBesideIt() throws IOException {
    JsonNode inspection = json("data", "inspect", path("dataset"));
    assertThat(inspection.get("rejected").asInt()).isEqualTo(3);
    assertThat(Path.of(inspection.get("page").asText())).content().contains("notes.jpg");
  }

  @Test
  void inspect_withAugmentation_showsThePresetAskedForOrAll() throws IOException {
    String one = path("one.html");
    String all = path("all.html");
    json("data", "inspect", path("dataset"), "--out", one, "--augment", "strong");
    json("data", "inspect", path("dataset"), "--out", all, "--augment");

    assertThat(Path.of(one)).content().contains("<h3>strong</h3>").doesNotContain("<h3>light</h3>");
    assertThat(Path.of(all)).content().contains("<h3>light</h3>", "<h3>strong</h3>");
  }

  @Test
  void benchStep_timed_printsThePeersKeys() throws IOException {
    JsonNode step =
        json(
            "bench",
            "step",
            "--model",
            "se_cnn",
            "--batch",
            "2",
            "--size",
            "32",
            "--repeats",
            "2",
            "--warm-up",
            "0");
    assertThat(step.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "model",
            "batch",
            "size",
            "threads",
            "channels_last",
            "bf16",
            "compile",
            "parameters",
            "inference",
            "training");
    assertThat(step.get("bf16").asBoolean()).isFalse();
    assertThat(step.get("training").get("median_ms").asDouble()).isPositive();
    assertThat(step.get("inference").get("samples_ms")).hasSize(2);
    assertThat(step.get("parameters").asLong()).isEqualTo(2_482_990);
  }

  @Test
  void quickstart_onOwnPhotos_leavesModelAndReport() throws IOException {
    JsonNode figures =
        json(
            with(
                SMALL_TRAINING,
                "quickstart",
                "--photos",
                photos.toString(),
                "--out",
                path("quick")));
    assertThat(figures.get("top1_agreement").asDouble()).isEqualTo(1);
    assertThat(folder.resolve("quick/model.onnx")).isNotEmptyFile();
    assertThat(folder.resolve("quick/report.html"))
        .content()
        .contains("Confusion", "Speed", "data:image/jpeg;base64,")
        .doesNotContain("http://", "https://www");
    // again into its own folder: replaced
    assertThat(
            run(
                with(
                    SMALL_TRAINING,
                    "quickstart",
                    "--photos",
                    photos.toString(),
                    "--out",
                    path("quick"))))
        .isZero();
  }

  @Test
  void badInput_ofEachKind_isOneLineAndChangesNothing() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path single = Files.createDirectories(folder.resolve("single/only"));
    Files.copy(photos.resolve("pizza/pizza-0000.jpg"), single.resolve("a.jpg"));
    Path few = folder.resolve("few");
    for (String name : new String[] {"pizza", "tart"}) {
      Files.copy(
          photos.resolve(name).resolve(name + "-0000.jpg"),
          Files.createDirectories(few.resolve(name)).resolve("a.jpg"));
    }
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("letter.txt"), "mine");
    Map<Path, Long> before = tree();
    refused("There is no folder", "quickstart", "--photos", path("nowhere"), "--out", path("x"));
    for (String verb : new String[] {"data prepare", "quickstart"}) {
      String[] command = verb.split(" ");
      refused("empty", with(command, "--photos", empty.toString(), "--out", path("x")));
      refused(
          "two or more",
          with(command, "--photos", single.getParent().toString(), "--out", path("x")));
      refused("too few", with(command, "--photos", few.toString(), "--out", path("x")));
      refused("too few", with(command, "--photos", few.toString(), "--out", path("x")));
      refused(
          "not empty", with(command, "--photos", photos.toString(), "--out", foreign.toString()));
      refused(
          "lies inside the photo folder",
          with(command, "--photos", photos.toString(), "--out", photos.resolve("x").toString()));
    }
    refused("no model 'resnet1'", "quickstart", "--set", "model=resnet1", "--out", path("x"));
    refused(
        "no model 'resnet1'",
        "train",
        "--data",
        path("dataset"),
        "--out",
        path("y"),
        "--model",
        "resnet1");
    assertThat(folder.resolve("y")).doesNotExist();
    refused("not empty", "train", "--data", path("dataset"), "--out", foreign.toString());
    refused("no model at", "evaluate", "--model", path("nothing"), "--data", path("dataset"));
    refused(
        "not a run directory", "evaluate", "--model", photos.toString(), "--data", path("dataset"));
    Map<Path, Long> after = new TreeMap<>(tree());
    // What was read of photos that are too few need not be read again when there are more.
    assertThat(after.remove(folder.resolve(".x.scan"))).isPositive();
    assertThat(after.remove(folder.resolve("x/.dataset.scan"))).isPositive();
    assertThat(after.remove(folder.resolve("x"))).isNegative();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void optionValue_thatNoCommandTakes_isWrongUsage() {
    assertThat(run("predict", "--model", path("model.onnx"), "--top", "0", "x.jpg")).isEqualTo(2);
    assertThat(screen.err()).contains("--top is at least 1, not 0", "Try: food predict --help");
    assertThat(
            run("evaluate", "--model", path("run"), "--data", path("dataset"), "--split", "exam"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("'exam'", "train, validation or test");
    assertThat(
            run(
                "data",
                "prepare",
                "--photos",
                photos.toString(),
                "--out",
                path("x"),
                "--per-class",
                "50",
                "--train",
                "30",
                "--validation",
                "5",
                "--test",
                "5"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("are 40 photos, not the 50 of --per-class");
  }

  private void refused(String reason, String... arguments) {
    assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(1);
    assertThat(screen.err().lines().filter(line -> line.startsWith("food: ")))
        .as(String.join(" ", arguments))
        .hasSize(1);
    assertThat(screen.err()).contains(reason).doesNotContain("\tat ");
  }

  private Map<Path, Long> tree() throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.toList()) {
        files.put(file, Files.isDirectory(file) ? -1 : Files.size(file));
      }
    }
    return files;
  }

  private JsonNode json(String... arguments) throws IOException {
    int exit = run(with(arguments, "--json"));
    assertThat(exit).as(screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** The last arguments go first where they begin with a verb. */
  private static String[] with(String[] some, String... others) {
    boolean verbFirst = !some[0].startsWith("-");
    return Stream.concat(Stream.of(verbFirst ? some : others), Stream.of(verbFirst ? others : some))
        .toArray(String[]::new);
  }
}
