package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.food4j.data.file.Csv;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  @TempDir private Path folder;
  private Dataset dataset;
  private MadeUpTraining training;

  @BeforeEach
  void prepare() {
    dataset = MadeUpTraining.dataset(folder, "fingerprint");
    training = new MadeUpTraining(dataset);
  }

  private static SweepPlan plan(SweepSettings settings, String... space) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("input_size=32", "warm_up_epochs=0", "schedule=constant"));
    all.addAll(List.of(space));
    return SweepPlan.of(
        SearchSpace.parse(all), settings, chosen -> RecipeFile.read("scratch", chosen));
  }

  private LeaderBoard run(String name, SweepPlan plan) throws IOException {
    return Sweep.run(folder.resolve(name), plan, dataset, training, training);
  }

  @Test
  void run_ofAGrid_ranksByValidationAndGroupsSeeds() throws Exception {
    LeaderBoard board =
        run("grid", plan(SweepSettings.GRID, "dropout=0.2,0.5", "epochs=2", "seed=1,3"));

    assertThat(training.calls)
        .containsExactly(
            "finish 01-dropout-0.2-seed-1 2",
            "finish 01-dropout-0.2-seed-3 2",
            "finish 02-dropout-0.5-seed-1 2",
            "finish 02-dropout-0.5-seed-3 2");
    assertThat(board.rows().stream().map(LeaderBoardRow::name))
        .containsExactly("02-dropout-0.5", "01-dropout-0.2");
    assertThat(board.rows().get(0).values()).containsExactly(Map.entry("dropout", "0.5"));
    LeaderBoardRow.Figures first = board.rows().get(0).figures().orElseThrow();
    // best epochs: 0.5 + (2 + 1) / 1000 and 0.5 + (2 + 3) / 1000; right: 26 and 28 of 50
    assertThat(first.validationTop1().mean()).isCloseTo(0.504, within(1e-12));
    assertThat(first.validationTop1().standardDeviation())
        .isCloseTo(Math.sqrt(2) * 0.001, within(1e-12));
    assertThat(first.top1().mean()).isCloseTo(0.54, within(1e-12));
    assertThat(first.top1Interval().low()).isLessThan(0.54);
    assertThat(first.epochs()).isEqualTo(2);
    assertThat(first.minutes()).isEqualTo(1);
    assertThat(first.parameters()).isGreaterThan(1000);
    assertThat(first.difference()).isEmpty();
    LeaderBoardRow.Figures second = board.rows().get(1).figures().orElseThrow();
    assertThat(second.difference().orElseThrow().value()).isCloseTo(-0.3, within(1e-12));
    assertThat(second.difference().orElseThrow().high()).isNegative();
    assertThat(second.pValue()).isEmpty(); // of several trainings
  }

  @Test
  void run_again_skipsWhatIsDone_andRefusesAnotherSweep() throws Exception {
    SweepPlan plan = plan(SweepSettings.GRID, "dropout=0.2,0.5", "epochs=1");
    training.killedBefore = 1;
    assertThatThrownBy(() -> run("again", plan)).hasMessage("killed");
    training.killedBefore = Integer.MAX_VALUE;

    run("again", plan);
    run("again", plan);

    assertThat(training.calls)
        .containsExactly("finish 01-dropout-0.2 1", "finish 02-dropout-0.5 1");
    SweepPlan other = plan(SweepSettings.GRID, "dropout=0.2,0.5", "epochs=2");
    assertThatThrownBy(() -> run("again", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds another sweep")
        .hasMessageContaining("epochs of 01-dropout-0.2 was 1 and is 2");
    Files.createDirectories(folder.resolve("full/of"));
    assertThatThrownBy(() -> run("full", plan)).hasMessageContaining("not empty");
  }

  @Test
  void run_ofATrainingThatDiverges_recordsItAndGoesOn() throws Exception {
    LeaderBoard board =
        run("nan", plan(SweepSettings.GRID, "learning_rate=9,0.1", "dropout=0.5", "epochs=3"));

    assertThat(board.rows().stream().map(LeaderBoardRow::name))
        .containsExactly("02-learning_rate-0.1", "01-learning_rate-9");
    assertThat(board.rows().get(1).figures()).isEmpty();
    assertThat(board.rows().get(1).failures().values())
        .singleElement()
        .asString()
        .contains("NaN in epoch 2");
    assertThat(board.markdown()).contains("01-learning_rate-9 failed: The loss is NaN");
    run("nan", plan(SweepSettings.GRID, "learning_rate=9,0.1", "dropout=0.5", "epochs=3"));
    assertThat(training.calls).hasSize(2);
  }

  @Test
  void run_ofAHalving_goesOnWithTheBest() throws Exception {
    SweepPlan plan =
        plan(
            new SweepSettings(SweepStrategy.HALVING, OptionalInt.empty(), 1, 2, 1),
            "dropout=0.2,0.6,0.4,0.1",
            "epochs=4");
    List<String> expected =
        List.of(
            "pause 01-dropout-0.2 1",
            "pause 02-dropout-0.6 1",
            "pause 03-dropout-0.4 1",
            "pause 04-dropout-0.1 1",
            "finish 01-dropout-0.2 1",
            "finish 04-dropout-0.1 1",
            "pause 02-dropout-0.6 2",
            "pause 03-dropout-0.4 2",
            "finish 03-dropout-0.4 2",
            "finish 02-dropout-0.6 4");

    LeaderBoard board = run("halving", plan);

    assertThat(training.calls).isEqualTo(expected);
    assertThat(board.rows().stream().map(row -> row.figures().orElseThrow().epochs()))
        .containsExactly(4.0, 2.0, 1.0, 1.0);
    assertThat(board.rows().stream().map(LeaderBoardRow::planned))
        .containsExactly(
            OptionalInt.empty(), OptionalInt.of(4), OptionalInt.of(4), OptionalInt.of(4));
    assertThat(board.markdown()).contains(" | 2 of 4 | ", "were stopped by halving");
    Path alone = folder.resolve("halving/trials/03-dropout-0.4");
    assertThat(LeaderBoard.read(Map.of("alone", alone)).rows().get(0).planned()).hasValue(4);
    for (int kill : new int[] {2, 5, 6, 9}) {
      MadeUpTraining killed = new MadeUpTraining(dataset);
      killed.killedBefore = kill;
      Path out = folder.resolve("killed" + kill);
      assertThatThrownBy(() -> Sweep.run(out, plan, dataset, killed, killed)).hasMessage("killed");
      assertThat(
              Sweep.run(out, plan, dataset, training, training).rows().stream()
                  .map(row -> row.name() + row.figures().orElseThrow().epochs()))
          .as("killed before call %s", kill)
          .isEqualTo(
              board.rows().stream()
                  .map(row -> row.name() + row.figures().orElseThrow().epochs())
                  .toList());
    }
  }

  @Test
  void read_ofASweepAndRuns_putsThemOnOneBoard() throws Exception {
    run("sweep", plan(SweepSettings.GRID, "dropout=0.2,0.4", "epochs=1"));
    for (String seed : List.of("1", "2")) {
      training.finish(
          folder.resolve("alone" + seed),
          RecipeFile.read(
              "scratch",
              List.of(
                  "input_size=32", "epochs=1", "warm_up_epochs=0", "dropout=0.8", "seed=" + seed)),
          1);
    }
    Map<String, Path> all = new LinkedHashMap<>();
    all.put("sweep", folder.resolve("sweep"));
    all.put("B4 | head", folder.resolve("alone1"));
    all.put("again", folder.resolve("alone2"));

    LeaderBoard board = LeaderBoard.read(all);
    board.write(folder.resolve("board"));

    assertThat(board.rows().stream().map(LeaderBoardRow::name))
        .containsExactly("B4 | head", "02-dropout-0.4", "01-dropout-0.2");
    assertThat(board.rows().get(0).runs()).hasSize(2);
    assertThat(board.rows().get(0).values()).containsEntry("dropout", "0.8");
    String markdown = Files.readString(folder.resolve("board/leaderboard.md"));
    assertThat(markdown.lines().limit(3))
        .containsExactly(
            "| # | run | dropout | seeds | parameters | epochs | minutes | val. top-1, % | test top-1, % | top-5, % | macro F1 | against no. 1, points |",
            "|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
            markdown.lines().skip(2).findFirst().orElseThrow());
    assertThat(markdown).contains("| 1 | B4 \\| head | 0.8 | 2 |").contains("50 test photos");
    List<Csv.Row> csv = Csv.read(Files.readString(folder.resolve("board/leaderboard.csv")));
    assertThat(csv).hasSize(4).allMatch(row -> row.fields().size() == csv.get(0).fields().size());
    JsonNode json = new JsonMapper().readTree(folder.resolve("board/leaderboard.json").toFile());
    assertThat(json.get("rows").get(2).get("difference_low").asDouble()).isNegative();
    assertThat(json.get("rows").get(0).has("difference")).isFalse();
    assertThat(Files.readString(folder.resolve("board/leaderboard.html")))
        .contains("B4 | head")
        .doesNotContain("http://", "https://");
  }

  @Test
  void run_ofAHalving_ranksWhatWasStoppedBehindTheRest() throws Exception {
    LeaderBoard board =
        run(
            "lucky",
            plan(
                new SweepSettings(SweepStrategy.HALVING, OptionalInt.empty(), 1, 2, 1),
                "dropout=0.2,0.6",
                "epochs=2"));
    Path stopped = folder.resolve("lucky/trials/01-dropout-0.2/metrics.jsonl");
    Files.writeString(stopped, Files.readString(stopped).replace("0.243", "0.902"));

    LeaderBoard again = LeaderBoard.read(Map.of("lucky", folder.resolve("lucky")));

    assertThat(again.rows().get(1).figures().orElseThrow().validationTop1().mean())
        .isEqualTo(0.902);
    assertThat(again.rows().stream().map(LeaderBoardRow::name))
        .isEqualTo(board.rows().stream().map(LeaderBoardRow::name).toList())
        .startsWith("02-dropout-0.6");
  }

  @Test
  void read_ofOneRunTwice_isRefused_andARepeatIsNoOtherSeed() throws Exception {
    Recipe recipe =
        RecipeFile.read("scratch", List.of("input_size=32", "epochs=1", "warm_up_epochs=0"));
    training.finish(folder.resolve("run"), recipe, 1);
    training.finish(folder.resolve("repeat"), recipe, 1);
    Map<String, Path> twice = new LinkedHashMap<>();
    twice.put("one", folder.resolve("run"));
    twice.put("other", folder.resolve("repeat/../run"));

    assertThatThrownBy(() -> LeaderBoard.read(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are one and the same run");

    twice.put("other", folder.resolve("repeat"));
    assertThat(LeaderBoard.read(twice).rows().stream().map(row -> row.runs().size()))
        .containsExactly(1, 1);
  }

  @Test
  void read_ofSingleTrainings_testsThemByMcNemar() throws Exception {
    LeaderBoard board = run("pair", plan(SweepSettings.GRID, "dropout=0.5,0.2", "epochs=1"));

    // the first gets 15 photos right that the second does not, never the other way round
    assertThat(board.rows().get(1).figures().orElseThrow().pValue().orElseThrow())
        .isCloseTo(2 / Math.pow(2, 15), within(1e-12));
    assertThat(board.markdown()).contains("| McNemar p |").contains("| < 0.001 |");
  }

  @Test
  void read_ofWhatCannotBeCompared_isRefused() throws Exception {
    run("one", plan(SweepSettings.GRID, "dropout=0.2,0.4", "epochs=1"));
    dataset = MadeUpTraining.dataset(folder, "another");
    training = new MadeUpTraining(dataset);
    run("two", plan(SweepSettings.GRID, "dropout=0.2,0.4", "epochs=1"));
    Map<String, Path> both = Map.of("a", folder.resolve("one"), "b", folder.resolve("two"));
    assertThatThrownBy(() -> LeaderBoard.read(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another")
        .hasMessageContaining("fingerprint");

    Path unfinished = folder.resolve("one/trials/01-dropout-0.2");
    Files.delete(unfinished.resolve("report.html"));
    assertThatThrownBy(() -> LeaderBoard.read(Map.of("a", unfinished)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("not finished");
    assertThatThrownBy(() -> LeaderBoard.read(Map.of("a", folder.resolve("nowhere"))))
        .hasMessageContaining("nowhere");
  }
}
