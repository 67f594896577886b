package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.onnx.OnnxModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code food evaluate} measures and keeps, and what {@code food predict} makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateCommandTest {
  private Path folder;
  private Path photos;
  private Screen screen;

  @BeforeAll
  void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    photos = folder.resolve("photos");
    new DrawnDishes(5).write(photos, 10);
    String[] prepare = {"data", "prepare", "--photos", photos.toString(), "--out", path("dataset")};
    json(with(prepare, "--train", "6", "--validation", "2", "--test", "2"));
    String[] train = {"train", "--data", path("dataset"), "--out", path("run")};
    String[] small = {"--set", "epochs=1", "--set", "input_size=32", "--set", "batch_size=16"};
    json(with(with(train, small), "--set", "warm_up_epochs=0"));
    json("export", "--model", path("run"), "--out", path("model.onnx"));
  }

  @Test
  void evaluate_ofRunAndFile_giveTheSameFigures() throws IOException {
    JsonNode run = json("evaluate", "--model", path("run"), "--data", path("dataset"));
    JsonNode file = json("evaluate", "--model", path("model.onnx"), "--data", path("dataset"));
    assertThat(run.fieldNames()).toIterable().containsExactlyElementsOf(file::fieldNames);
    for (String counted : new String[] {"photos", "top1", "top5_high", "macro_f1", "weighted_f1"}) {
      assertThat(run.get(counted)).as(counted).isEqualTo(file.get(counted));
    }
    for (String computed : new String[] {"loss", "mean_confidence", "risk_coverage_area"}) {
      assertThat(run.get(computed).asDouble())
          .as(computed)
          .isCloseTo(file.get(computed).asDouble(), within(1e-4));
    }
    assertThat(run.get("photos").asInt()).isEqualTo(20);
    assertThat(run.get("top1_low").asDouble()).isLessThanOrEqualTo(run.get("top1").asDouble());
  }

  @Test
  void evaluate_inSeveralViews_isTheSameOfRunAndFile() throws IOException {
    String[] evaluate = {"evaluate", "--data", path("dataset"), "--tta", "10"};
    JsonNode run = json(with(evaluate, "--model", path("run")));
    JsonNode file = json(with(evaluate, "--model", path("model.onnx")));

    assertThat(run.get("views").asInt()).isEqualTo(10);
    assertThat(run.get("top1")).isEqualTo(file.get("top1"));
    assertThat(run.get("loss").asDouble()).isCloseTo(file.get("loss").asDouble(), within(1e-4));
    assertThat(run("evaluate", "--model", path("run"), "--data", path("dataset"), "--tta", "3"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("1, 2, 5 or 10 views, not 3");
  }

  @Test
  void evaluate_thatCalibrates_changesRunExportAndAnswers() throws IOException {
    Path run = folder.resolve("calibrated");
    copy(folder.resolve("run"), run);
    String[] evaluate = {"evaluate", "--model", run.toString(), "--data", path("dataset")};
    JsonNode before = json(evaluate);
    JsonNode after = json(with(evaluate, "--calibrate", "--accept-accuracy", "0.001"));

    assertThat(before.get("threshold").isNull()).isTrue();
    assertThat(after.get("temperature").asDouble()).isNotEqualTo(1);
    assertThat(after.get("threshold").asDouble()).isBetween(0.1, 1.0);
    assertThat(after.get("top1")).isEqualTo(before.get("top1"));
    assertThat(json(evaluate)).isEqualTo(after); // the run keeps them
    JsonNode written = new JsonMapper().readTree(run.resolve("evaluation.json").toFile());
    assertThat(written.get("threshold")).isEqualTo(after.get("threshold"));
    assertThat(run.resolve("report.html")).content().contains("None of these");
    String file = path("calibrated.onnx");
    json("export", "--model", run.toString(), "--out", file);
    assertThat(json("evaluate", "--model", file, "--data", path("dataset")).get("threshold"))
        .isEqualTo(after.get("threshold"));

    // whoever wishes for too much hears how far it is, and has no threshold
    assertThat(run(with(evaluate, "--calibrate"))).isZero();
    assertThat(screen.err())
        .contains("No threshold: none makes sure that 95 %", "--accept-accuracy");
    assertThat(json(evaluate).get("threshold").isNull()).isTrue();
    Files.delete(run.resolve("report.html"));
    refused("is not finished", with(evaluate, "--calibrate"));
    refused(
        "no run directory",
        "evaluate",
        "--model",
        path("model.onnx"),
        "--data",
        path("dataset"),
        "--calibrate");
    assertThat(run(with(evaluate, "--calibrate", "--tta", "2"))).isEqualTo(2);
    assertThat(run(with(evaluate, "--accept-accuracy", "0.9"))).isEqualTo(2);
    assertThat(run(with(evaluate, "--calibrate", "--accept-accuracy", "95"))).isEqualTo(2);
    assertThat(screen.err()).contains("--accept-accuracy is above 0 and below 1");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @Test
  void evaluate_onAPlainFolder_takesAllItsPhotos() throws IOException {
    JsonNode figures = json("evaluate", "--model", path("model.onnx"), "--data", photos.toString());
    assertThat(figures.get("photos").asInt()).isEqualTo(100);
  }

  @Test
  void predict_belowTheThreshold_saysNoneOfTheseAndGuesses() throws IOException {
    OnnxModelFile file = OnnxModelFile.read(folder.resolve("model.onnx"));
    Path strict = folder.resolve("strict.onnx");
    OnnxModelFile.write(strict, file.model(), file.card().withThreshold(1));
    String photo = photos.resolve("pizza/pizza-0000.jpg").toString();

    assertThat(run("predict", "--top", "2", "--model", strict.toString(), photo)).isZero();
    assertThat(screen.out().lines().findFirst()).hasValue(photo + ": none of these");
    assertThat(screen.out().lines()).hasSize(3);
    JsonNode answer = json("predict", "--model", strict.toString(), photo).get(0);
    assertThat(answer.get("none_of_these").asBoolean()).isTrue();
    assertThat(answer.get("predictions")).hasSize(5);
  }

  private void refused(String reason, String... arguments) {
    assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(1);
    assertThat(screen.err()).contains(reason).doesNotContain("\tat ");
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

  private static String[] with(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }
}
