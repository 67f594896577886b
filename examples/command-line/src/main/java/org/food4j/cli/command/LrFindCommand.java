package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.search.LearningRateFinder;
import org.food4j.train.search.RangeTest;
import org.food4j.train.search.RangeTestReport;
import org.food4j.train.search.RangeTestSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food lr-find}: a learning rate for a recipe, from a training of a hundred steps. */
@Command(
    name = "lr-find",
    description = {
      "Finds a learning rate by a range test (Smith 2017): the rate grows from step to step, and"
          + " the loss tells where training learns best and where it breaks down.",
      "Recommended is the middle of the longest descent (valley, as in fastai). No run directory"
          + " is written."
    },
    footer = {
      "  food lr-find --data dataset --model se_cnn --out lr",
      "  food lr-find --data dataset --model se_cnn --set optimizer=sgd --json"
    })
public final class LrFindCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET",
      description = "A directory made by food data prepare.")
  private Path data;

  @Mixin private NetworkArguments network;

  @Mixin private RecipeOptions recipeOptions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the curve to lr-find.html in this folder.")
  private Path out;

  @Option(
      names = "--from",
      paramLabel = "RATE",
      description = "Learning rate of the first step (default: ${DEFAULT-VALUE}).",
      defaultValue = "1e-7")
  private double from;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      description = "Learning rate of the last step (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private double to;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Steps, fewer if the loss gets to 4 times its minimum before (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int steps;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public LrFindCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The JSON document. */
  private record Document(
      double suggestion,
      String recommended,
      Map<String, Double> suggestions,
      boolean diverged,
      List<RangeTest.Point> points) {
    static Document of(RangeTest test) {
      Map<String, Double> suggestions = new LinkedHashMap<>();
      Arrays.stream(RangeTest.Rule.values())
          .forEach(rule -> suggestions.put(rule.key(), test.suggestion(rule)));
      return new Document(
          test.suggestion(),
          RangeTest.RECOMMENDED.key(),
          suggestions,
          test.diverged(),
          test.points());
    }
  }

  @Override
  public Integer call() throws IOException {
    return Interruption.watch(terminal, this::run);
  }

  private int run(Interruption interruption) throws IOException {
    RangeTestSettings settings =
        new RangeTestSettings(from, to, steps, RangeTestSettings.DEFAULT.stopAt());
    Recipe recipe = network.recipe(terminal, recipeOptions, List.of());
    LearningRateFinder finder =
        new LearningRateFinder(
            Dataset.open(data),
            recipe,
            new NativePhotoDecoder(),
            new TrainingCaches(Optional.empty(), network.features()));
    RangeTest test;
    try (TrainingProgress preparation = new TrainingProgress(terminal, recipe);
        Progress bar = terminal.progress("Range test", steps, "steps")) {
      test =
          finder.run(
              settings,
              (step, rate, loss) -> {
                interruption.check();
                bar.remark("learning rate %.1e, loss %.3f".formatted(rate, loss));
                bar.update(step);
              },
              List.of(interruption, preparation));
    } catch (TrainingInterruptedException e) {
      throw new BrokenOffException(
          network.keptFeatures("Of a range test nothing is kept: run the same command again"), e);
    }
    Optional<Path> page = write(recipe, test);
    json.print(terminal, Document.of(test), () -> print(test, page));
    return 0;
  }

  private Optional<Path> write(Recipe recipe, RangeTest test) throws IOException {
    if (out == null) {
      return Optional.empty();
    }
    Path page = Files.createDirectories(out).resolve("lr-find.html");
    RangeTestReport.page(recipe, test).write(page);
    return Optional.of(page);
  }

  private void print(RangeTest test, Optional<Path> page) {
    for (RangeTest.Rule rule : RangeTest.Rule.values()) {
      terminal.print(
          "%-8s %.1e%s"
              .formatted(
                  rule.key(),
                  test.suggestion(rule),
                  rule == RangeTest.RECOMMENDED ? "   recommended" : ""));
    }
    page.ifPresent(file -> terminal.print("Curve: " + file));
    terminal.print("Next: --set learning_rate=%.1e".formatted(test.suggestion()));
  }
}
