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
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code food sweep} and {@code food lr-find}, on drawn dishes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchCommandsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Path folder;
  private Screen screen;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 5);
    succeed(
        "data prepare --photos %s --out %s --train 3 --validation 1 --test 1"
            .formatted(path("photos"), path("dataset")));
  }

  private String sweep(String settings) {
    return "sweep --data %s --model se_cnn --set input_size=32 --set batch_size=8 --set epochs=1"
            .formatted(path("dataset"))
        + " --set warm_up_epochs=0 "
        + settings;
  }

  @Test
  void sweep_ofTwoByTwo_ranksRunsThatAllOtherVerbsTake() throws IOException {
    String all = sweep("--set attention=none,se --set seed=1,2 --out " + path("sweep"));
    succeed(all);

    assertThat(screen.out())
        .contains("| # | attention | seeds | parameters |")
        .contains("Ranked by validation top-1");
    Path trials = folder.resolve("sweep/trials");
    assertThat(trials.toFile().list())
        .containsExactlyInAnyOrder(
            "01-attention-none-seed-1",
            "01-attention-none-seed-2",
            "02-attention-se-seed-1",
            "02-attention-se-seed-2");
    for (String name : List.of("json", "csv", "md", "html")) {
      assertThat(folder.resolve("sweep/leaderboard." + name)).isNotEmptyFile();
    }
    JsonNode board = MAPPER.readTree(folder.resolve("sweep/leaderboard.json").toFile());
    assertThat(board.get("rows")).hasSize(2);
    assertThat(board.get("rows").get(0).get("runs")).hasSize(2);
    assertThat(board.get("photos").asInt()).isEqualTo(10);

    // a trial that lacks its end is the only one that is trained again
    Files.delete(trials.resolve("02-attention-se-seed-1/report.html"));
    succeed(all + " --json");
    assertThat(screen.err())
        .contains("Done already: 01-attention-none-seed-1")
        .contains("Resuming after epoch 1 of 1");
    assertThat(MAPPER.readTree(screen.out())).isEqualTo(board);
    assertThat(run(sweep("--set attention=none,eca --set seed=1,2 --out " + path("sweep"))))
        .isEqualTo(1);
    assertThat(screen.err()).contains("holds another sweep");

    succeed(
        "sweep report %s Alone=%s --out %s"
            .formatted(path("sweep"), trials.resolve("02-attention-se-seed-2"), path("board")));
    assertThat(Files.readString(folder.resolve("board/leaderboard.md")))
        .contains("| run | attention | seeds |")
        .contains("| Alone | se | 1 |");
    succeed(
        "evaluate --model %s --data %s"
            .formatted(trials.resolve("01-attention-none-seed-2"), path("dataset")));
    repeat(trials.resolve("01-attention-none-seed-1"));
  }

  private void repeat(Path run) throws IOException {
    succeed(
        "train --like %s --set label_smoothing=0.2 --out %s --json".formatted(run, path("like")));
    JsonNode document = MAPPER.readTree(screen.out());
    assertThat(document.get("run").asText()).isEqualTo(path("like"));
    assertThat(document.get("equal").asBoolean()).isFalse(); // the training loss at least
    JsonNode comparison = document.get("comparison");
    assertThat(comparison.get("recipe").fieldNames())
        .toIterable()
        .containsExactly("label_smoothing");
    assertThat(comparison.get("recipe").get("label_smoothing").get("repeat").asText())
        .isEqualTo("0.2");
    assertThat(comparison.get("provenance")).isEmpty();
    assertThat(comparison.get("figures").get(1).get("name").asText()).isEqualTo("train_loss");
    JsonNode facts = MAPPER.readTree(folder.resolve("like/provenance.json").toFile());
    for (String key :
        List.of("food4j", "dl4j", "nd4j", "engine", "java", "cpu", "cpu_flags", "gpu", "threads")) {
      assertThat(facts.get(key).asText()).as(key).isNotBlank();
    }

    succeed("train --like %s --data %s --out %s".formatted(run, path("dataset"), path("same")));
    assertThat(screen.out()).containsPattern("(Equal|Not equal) to " + run);

    assertThat(run("train --like %s --model resnet18 --out %s".formatted(run, path("no"))))
        .isEqualTo(2);
    assertThat(screen.err()).contains("--like trains by the other run's recipe");
    Path provenance = run.resolve("provenance.json");
    String changed = Files.readString(provenance).replaceAll("(fingerprint\\W+)\\w+", "$1abc");
    Files.writeString(provenance, changed);
    assertThat(run("train --like %s --out %s".formatted(run, path("no")))).isEqualTo(1);
    assertThat(screen.err()).contains("dataset_fingerprint was abc and is ");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void sweep_withATrainingThatDiverges_recordsItAndGoesOn() throws IOException {
    succeed(sweep("--set learning_rate=1e30,1e-3 --out " + path("diverging")));
    assertThat(screen.err()).contains("Failed: 01-learning_rate-1e30");
    assertThat(folder.resolve("diverging/trials/01-learning_rate-1e30/failure.json"))
        .content()
        .contains("reason");
    JsonNode board = MAPPER.readTree(folder.resolve("diverging/leaderboard.json").toFile());
    assertThat(board.get("rows").get(0).get("runs")).hasSize(1);
    assertThat(board.get("rows").get(1).get("runs")).isEmpty();
  }

  @Test
  void sweep_ofWrongArguments_saysWhatToDo() {
    assertThat(run("sweep --data " + path("dataset"))).isEqualTo(2);
    assertThat(screen.err()).contains("--data and --out are needed");
    assertThat(run(sweep("--strategy random --out " + path("no")))).isEqualTo(2);
    assertThat(screen.err()).contains("number of its trials");
    assertThat(run(sweep("--set dropout=0..0.5 --out " + path("no")))).isEqualTo(1);
    assertThat(screen.err()).contains("--strategy random");
    assertThat(run(sweep("--set batch_size=2 --out " + path("no")))).isEqualTo(2);
    assertThat(screen.err()).contains("batch_size is set twice");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void lrFind_writesItsCurveAndNoRun() throws IOException {
    succeed(
        "lr-find --data %s --model se_cnn --set input_size=32 --set batch_size=8 --steps 20 --out %s --json"
            .formatted(path("dataset"), path("rates")));

    JsonNode document = MAPPER.readTree(screen.out());
    assertThat(document.get("recommended").asText()).isEqualTo("valley");
    assertThat(document.get("suggestion")).isEqualTo(document.get("suggestions").get("valley"));
    assertThat(document.get("points").size()).isBetween(10, 20);
    assertThat(document.get("points").get(0).get("learning_rate").asDouble()).isEqualTo(1e-7);
    assertThat(folder.resolve("rates").toFile().list()).containsExactly("lr-find.html");
    assertThat(Files.readString(folder.resolve("rates/lr-find.html"))).contains("1e-4");
  }

  private void succeed(String line) {
    assertThat(run(line)).as(() -> screen.err()).isZero();
  }

  private int run(String line) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), line.split(" "));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
