package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on a file that has no card: its classes are how red, green and blue a photo is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignModelCommandsTest {
  private static final List<String> NAMES = List.of("pizza", "salad", "tart");

  private Path folder;
  private Screen screen;

  @BeforeAll
  void write(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("drawn"), 3);
    for (String name : List.of("pizza", "tart")) {
      Files.createDirectories(folder.resolve("photos"));
      Files.move(folder.resolve("drawn").resolve(name), folder.resolve("photos").resolve(name));
    }
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String x = graph.input("image", OnnxGraphBuilder.BATCH, 3, 32, 32);
    x = graph.node("mean", OnnxNode.of("GlobalAveragePool", x));
    x = graph.node("flat", OnnxNode.of("Flatten", x).with("axis", 1));
    graph.output(x, "scores", OnnxGraphBuilder.BATCH, 3);
    ModelProto model = graph.build();
    Files.write(folder.resolve("foreign.onnx"), model.toByteArray());
    Preprocessing preprocessing = Preprocessing.imagenet(32);
    OnnxModelFile.write(
        folder.resolve("own.onnx"), model, ModelCard.of(Labels.of(NAMES), preprocessing));
    Files.writeString(folder.resolve("labels.txt"), String.join("\n", NAMES) + "\n");
    Files.writeString(folder.resolve("gap.txt"), "pizza\n\ntart\n");
    Files.writeString(folder.resolve("labels.json"), Labels.of(NAMES).toJson());
    Files.writeString(folder.resolve("preprocessing.json"), preprocessing.toJson());
  }

  private String[] said(String labels, String preprocessing) {
    return new String[] {"--labels", path(labels), "--preprocessing", preprocessing};
  }

  @Test
  void predict_withLabelsAndPreprocessing_answersAsTheFileWithACard() throws IOException {
    JsonNode own = json(new String[] {"predict", "--model", path("own.onnx"), path("photos")});
    String[] foreign = {"predict", "--model", path("foreign.onnx"), path("photos")};

    assertThat(own).hasSize(6);
    assertThat(json(foreign, said("labels.txt", "imagenet"))).isEqualTo(own);
    assertThat(json(foreign, said("labels.txt", "ImageNet:32"))).isEqualTo(own);
    assertThat(json(foreign, said("labels.json", path("preprocessing.json")))).isEqualTo(own);
    assertThat(
            json(
                foreign,
                said("labels.txt", "imagenet"),
                "--input",
                "image",
                "--output",
                "scores",
                "--scores",
                "logits"))
        .isEqualTo(own);
  }

  @Test
  void predict_withTooLittleSaid_saysWhatIsMissing() {
    String[] foreign = {"predict", "--model", path("foreign.onnx"), path("photos")};
    refused(1, "--labels FILE", foreign);
    refused(1, "photos of 32 x 32 pixels", foreign, said("labels.txt", "imagenet:64"));
    refused(1, "line 2 is empty", foreign, said("gap.txt", "imagenet"));
    refused(1, "There is no label file", foreign, said("none.txt", "imagenet"));
    refused(1, "Not a preprocessing", foreign, said("labels.txt", path("labels.json")));
    refused(2, "imagenet or imagenet:SIZE, not coco", foreign, said("labels.txt", "coco"));
    refused(2, "logits, probabilities", foreign, "--scores", "percent");
    refused(1, "this file has the outputs [scores]", foreign, "--output", "logits");
  }

  @Test
  void evaluateAndCompare_ofAForeignFile_areThoseOfTheFileWithACard() throws IOException {
    String[] data = {"--data", path("photos")};
    JsonNode own = json(new String[] {"evaluate", "--model", path("own.onnx")}, data);
    String[] foreign = {"evaluate", "--model", path("foreign.onnx")};
    assertThat(json(foreign, said("labels.txt", "imagenet"), data).get("top1"))
        .isEqualTo(own.get("top1"));
    String[] compare = {
      "compare",
      "--model",
      path("foreign.onnx"),
      "--model",
      path("own.onnx"),
      "--data",
      path("photos")
    };
    JsonNode pair = json(compare, said("labels.txt", "imagenet")).get("pairs").get(0);
    assertThat(pair.get("same_answer").asDouble()).isEqualTo(1);
    refused(
        2,
        "all models here have one",
        new String[] {
          "compare",
          "--model",
          path("own.onnx"),
          "--model",
          path("own.onnx"),
          "--data",
          path("photos"),
          "--output",
          "scores"
        });
  }

  @Test
  void bench_ofAForeignFile_measuresAndRepeatsIt() throws IOException {
    String[] said = said("labels.txt", "imagenet");
    String[] quick = {
      "--batches=1", "--rounds=1", "--calls=1", "--seconds=0", "--warm-up=0", "--threads=1"
    };
    String[] bench = {"bench", "--model", path("own.onnx"), "--data", path("photos")};
    String[] foreign = {"--model", path("foreign.onnx"), "--out", path("bench")};
    JsonNode rows = json(joined(bench, foreign), said, quick);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).get("top1_agreement").asDouble()).isEqualTo(1);

    String[] like = {"bench", "--like", path("bench"), "--out", path("again")};
    refused(2, "what was said of .onnx files from the earlier benchmark", like, said);
    JsonNode results = new JsonMapper().readTree(folder.resolve("bench/results.json").toFile());
    assertThat(results.at("/models/0/said")).isEmpty(); // it has a card
    assertThat(results.at("/models/1/said/labels/labels/2/name").asText()).isEqualTo("tart");
    assertThat(results.at("/models/1/said/preprocessing/input_size").asInt()).isPositive();
    // what was said is kept, not where it was read from
    Files.move(folder.resolve("labels.txt"), folder.resolve("moved.txt"));
    try {
      assertThat(run(like)).as(screen.err()).isZero();
    } finally {
      Files.move(folder.resolve("moved.txt"), folder.resolve("labels.txt"));
    }
    assertThat(screen.out()).contains("Compared with before: ");
    assertThat(
            new JsonMapper().readTree(folder.resolve("again/results.json").toFile()).get("models"))
        .extracting(model -> model.get("said"))
        .containsExactly(results.at("/models/0/said"), results.at("/models/1/said"));

    String[] own = {"--out", path("z"), "--output", "scores"};
    refused(2, "all models here have one", bench, own);
  }

  private static String[] joined(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }

  private void refused(int exit, String reason, String[] verb, String... more) {
    assertThat(run(verb, more)).as(screen.err()).isEqualTo(exit);
    assertThat(screen.err()).contains(reason).doesNotContain("\tat ");
  }

  private JsonNode json(String[] verb, String[] said, String... more) throws IOException {
    return json(Stream.of(verb, said, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private JsonNode json(String[] verb) throws IOException {
    int exit = run(verb, "--json");
    assertThat(exit).as(screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int run(String[] verb, String... more) {
    screen = Screen.piped();
    return Food.run(
        screen.terminal(), Stream.concat(Stream.of(verb), Stream.of(more)).toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
