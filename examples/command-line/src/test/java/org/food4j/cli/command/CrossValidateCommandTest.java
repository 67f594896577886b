package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.file.Csv;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What cross-validations keep, and how their answers are compared. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossValidateCommandTest {
  private Path folder;
  private int photos;
  private JsonNode learned;
  private JsonNode idle;
  private Screen screen;

  @BeforeAll
  void validateTwice(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 6);
    photos =
        json("data", "prepare", "--photos", path("photos"), "--out", path("dataset"))
            .get("kept")
            .asInt();
    learned = crossValidate("learned", "0.005");
    idle = crossValidate("idle", "0.0000001");
  }

  private JsonNode crossValidate(String out, String learningRate) throws IOException {
    return json(
        "cross-validate",
        "--data",
        path("dataset"),
        "--model",
        "se_cnn",
        "--folds",
        "2",
        "--out",
        path(out),
        "--set",
        "input_size=32",
        "--set",
        "batch_size=10",
        "--set",
        "epochs=6",
        "--set",
        "warm_up_epochs=1",
        "--set",
        "augmentation=none",
        "--set",
        "learning_rate=" + learningRate);
  }

  @Test
  void out_keepsTheAnswerToEveryPhotoAndTheDoubtfulLabels() throws IOException {
    JsonNode answers =
        new JsonMapper().readTree(folder.resolve("learned/evaluation.json").toFile());
    assertThat(answers.get("split").asText()).isEqualTo("held out");
    assertThat(answers.get("photos").asInt()).isEqualTo(photos);
    assertThat(answers.get("top1")).isEqualTo(learned.get("top1"));
    assertThat(folder.resolve("learned/recipe.yaml")).content().contains("learning_rate: 0.005\n");
    assertThat(folder.resolve("learned/provenance.json")).content().contains("dataset_fingerprint");
    List<Csv.Row> suspects =
        Csv.read(Files.readString(folder.resolve("learned/suspected_labels.csv")));
    assertThat(suspects).hasSize(learned.get("suspected_labels").asInt() + 1);
    assertThat(suspects.get(0).fields()).startsWith("path", "label", "suggested");
    assertThat(suspects).hasSizeLessThanOrEqualTo(1 + photos * 15 / 100);
  }

  @Test
  void answersThatWereKept_areComparedWithoutThePhotos() throws IOException {
    JsonNode comparison = json("compare", "--model", path("learned"), "--model", path("idle"));
    assertThat(comparison.get("photos").asInt()).isEqualTo(photos);
    JsonNode pair = comparison.get("pairs").get(0);
    assertThat(pair.get("difference").asDouble())
        .isCloseTo(learned.get("top1").asDouble() - idle.get("top1").asDouble(), within(1e-9));
    assertThat(pair.get("only_first").asInt()).isPositive();
  }

  @Test
  void wrongDirectories_areRefused() throws IOException {
    assertThat(run("compare", "--model", path("learned"), "--model", path("photos"))).isEqualTo(2);
    assertThat(screen.err()).contains("keeps no answers", "give the photos by --data");
    assertThat(
            run("compare", "--model", path("learned"), "--model", path("idle"), "--split", "test"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("--split is a part of --data");
    assertThat(
            run(
                "cross-validate",
                "--data",
                path("dataset"),
                "--model",
                "se_cnn",
                "--out",
                path("learned")))
        .isEqualTo(1);
    assertThat(screen.err()).contains("is not empty", "nothing is overwritten");
    Files.copy(folder.resolve("learned/labels.json"), folder.resolve("labels.json"));
    Files.writeString(folder.resolve("evaluation.json"), "{\"split\":\"test\"}");
    assertThat(run("compare", "--model", path("learned"), "--model", folder.toString()))
        .isEqualTo(1);
    assertThat(screen.err()).contains("evaluation.json", "no split, labels or results");
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    assertThat(run(all)).as(screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
