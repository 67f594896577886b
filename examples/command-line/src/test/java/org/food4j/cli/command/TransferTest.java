package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code food train} from weights of an earlier training, and what it says to wrong ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferTest {
  private static final String[] SMALL = {
    "--set",
    "epochs=2",
    "--set",
    "input_size=32",
    "--set",
    "batch_size=16",
    "--set",
    "warm_up_epochs=0"
  };

  private Path folder;
  private String weights;
  private Screen screen;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 5);
    String[] prepare = {"data", "prepare", "--photos", path("photos"), "--out", path("dataset")};
    json(with(prepare, "--train", "3", "--validation", "1", "--test", "1"));
    weights = path("it's my: weights #1.safetensors");
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(7, 32), 3),
        Path.of(weights),
        WeightsCard.builder().architecture("se_cnn").build());
  }

  private String[] train(String run, String... options) {
    String[] always = {"train", "--data", path("dataset"), "--out", path(run)};
    return with(with(always, SMALL), options);
  }

  @Test
  void train_behindAFrozenBackbone_leavesARunLikeAnyOther() throws IOException {
    String[] options = {
      "--model",
      "se_cnn",
      "--weights",
      weights,
      "--freeze",
      "backbone",
      "--features",
      path("features.safetensors")
    };
    JsonNode figures = json(train("head", options));
    assertThat(screen.err()).contains("Weights:").contains("fc").contains("Features of the frozen");
    assertThat(figures.get("epochs").asInt()).isEqualTo(2);
    assertThat(figures.get("photos").asInt()).isEqualTo(10);
    assertThat(folder.resolve("head/recipe.yaml"))
        .content()
        .contains("freeze: backbone\n", "it's my: weights #1.safetensors\"\n", "epochs: 2\n");
    assertThat(folder.resolve("head/report.html")).isNotEmptyFile();
    assertThat(json("evaluate", "--model", path("head"), "--data", path("dataset")).get("top1"))
        .isEqualTo(figures.get("top1"));
    assertThat(
            json("export", "--model", path("head"), "--out", path("head.onnx"))
                .get("top1_agreement")
                .asDouble())
        .isEqualTo(1);

    byte[] features = Files.readAllBytes(folder.resolve("features.safetensors"));
    JsonNode again = json(train("again", with(options, "--set", "weight_decay=0.01")));
    assertThat(screen.err()).doesNotContain("Features of the frozen");
    assertThat(again.get("photos")).isEqualTo(figures.get("photos"));
    assertThat(folder.resolve("features.safetensors")).hasBinaryContent(features);
  }

  @Test
  void train_ofAllFromWeights_takesTheRecipeForIt() throws IOException {
    json(train("tuned", "--model", "se_cnn", "--weights", weights, "--set", "epochs=1"));
    assertThat(folder.resolve("tuned/recipe.yaml"))
        .content()
        .contains("frozen_statistics: true", "stage_learning_rate_decay: 0.7", "freeze: none");
  }

  @Test
  void resume_whereTheWeightsHaveMoved_goesOnFromThere() throws IOException {
    Path moved = Files.copy(Path.of(weights), folder.resolve("moved.safetensors"));
    Path now = folder.resolve("now.safetensors");
    json(train("moved", "--model", "se_cnn", "--weights", moved.toString()));
    String metrics = Files.readString(folder.resolve("moved/metrics.jsonl"));
    Files.delete(folder.resolve("moved/report.html")); // as if killed while evaluating
    Files.move(moved, now);

    assertThat(run("train", "--resume", "--out", path("moved"))).isEqualTo(1);
    assertThat(screen.err())
        .contains("are no longer at " + moved, "name by --weights where they lie now");
    Path others = Path.of(path("others.safetensors"));
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(7, 32), 4), others, WeightsCard.EMPTY);
    String[] resume = {"train", "--resume", "--out", path("moved"), "--weights"};
    assertThat(run(with(resume, others.toString()))).isEqualTo(1);
    assertThat(screen.err()).contains("weights_sha256 was");
    assertThat(run(with(resume, now.toString(), "--freeze", "backbone"))).isEqualTo(2);
    assertThat(screen.err()).contains("leave --model, --allow-missing, --freeze,");

    json(with(resume, now.toString()));
    assertThat(folder.resolve("moved/metrics.jsonl")).hasContent(metrics);
    assertThat(folder.resolve("moved/report.html")).isNotEmptyFile();
    json(train("random", "--model", "se_cnn", "--set", "epochs=1"));
    Files.delete(folder.resolve("random/report.html"));
    assertThat(run("train", "--resume", "--out", path("random"), "--weights", now.toString()))
        .isEqualTo(2);
    assertThat(screen.err()).contains("random weights: leave --weights out");
  }

  @Test
  void train_fromWrongWeights_saysWhyAndStartsNoRun() throws IOException {
    String[] small = {"--model", "se_cnn", "--freeze", "backbone", "--weights"};
    refused("nowhere.safetensors", with(small, path("nowhere.safetensors")));
    refused(path("photos"), with(small, path("photos")));
    Path text = Files.writeString(folder.resolve("notes.safetensors"), "no weights at all, a text");
    refused("not a safetensors file", with(small, text.toString()));
    refused("se_cnn", "--model", "resnet18", "--freeze", "backbone", "--weights", weights);
    assertThat(screen.err()).contains("resnet18", weights);
  }

  @Test
  void train_withWrongOptions_saysWhyAndStartsNoRun() {
    String[] from = {"--model", "se_cnn", "--weights", weights};
    refused("name weights", "--model", "se_cnn", "--freeze", "backbone");
    refused("allow_missing without weights", "--model", "se_cnn", "--allow-missing");
    refused("use backbone for all but the head, or one of stem,", with(from, "--freeze", "layer9"));
    refused("all of the network is trained: set freeze", with(from, "--features", path("x")));
    refused("is a folder", with(from, "--freeze", "backbone", "--features", path("photos")));
    refused("not overwritten", with(from, "--freeze", "backbone", "--features", weights));
    refused("mixup and cutmix", with(from, "--freeze", "backbone", "--set", "mixup=0.2"));
    refused("did you mean 'freeze'?", with(from, "--set", "freezes=backbone"));
  }

  private void refused(String reason, String... options) {
    assertThat(run(train("refused", options))).as(String.join(" ", options)).isEqualTo(1);
    assertThat(screen.err().lines().filter(line -> line.startsWith("food: ")))
        .as(String.join(" ", options))
        .hasSize(1);
    assertThat(screen.err()).contains(reason).doesNotContain("\tat ");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private JsonNode json(String... arguments) throws IOException {
    assertThat(run(with(arguments, "--json"))).as(screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String[] with(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }
}
