package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.SuspectedLabels;
import org.food4j.train.loop.CrossValidation;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.CrossValidationDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food cross-validate}: how good a recipe is, judged by every photo once. */
@Command(
    name = "cross-validate",
    description = {
      "Trains a recipe several times, each time without one part of the photos, and judges it by"
          + " that part.",
      "All splits of the data set take part, copies do not; photos that look alike stay together."
          + " The last epoch is judged, whatever early stopping the recipe"
          + " has.",
      "With --out, the answers to all photos and a list of those whose label is probably wrong are"
          + " kept; food compare takes such directories."
    },
    footer = {
      "  food cross-validate --data dataset --model efficientnet_b4 --weights b4.safetensors"
          + " --freeze backbone --features features.safetensors --out cross-validated"
    })
public final class CrossValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET",
      description = "A directory made by food data prepare.")
  private Path data;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Parts, each held out once (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int folds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep recipe, answers and suspected labels in this directory, new or empty.")
  private Path out;

  @Mixin private NetworkArguments network;

  @Mixin private RecipeOptions recipeOptions;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public CrossValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The JSON document. */
  private record Figures(
      int photos,
      int folds,
      double top1,
      double top1Low,
      double top1High,
      List<Double> top1ByFold,
      List<Double> secondsByFold,
      int suspectedLabels) {}

  @Override
  public Integer call() throws IOException {
    return Interruption.watch(terminal, this::run);
  }

  private int run(Interruption interruption) throws IOException {
    if (out == null) {
      validate(interruption);
      return 0;
    }
    DirectoryLock lock = OutputLock.take(out, "writes into");
    try (lock) {
      CrossValidationDirectory.requireFree(out);
      validate(interruption);
    }
    return 0;
  }

  private void validate(Interruption interruption) throws IOException {
    Dataset dataset = Dataset.open(data);
    Recipe recipe = network.recipe(terminal, recipeOptions, List.of("early_stopping_patience=0"));
    CrossValidation validation =
        new CrossValidation(
            dataset,
            recipe,
            new NativePhotoDecoder(),
            new TrainingCaches(Optional.empty(), network.features()),
            folds);
    CrossValidation.Result result;
    try (TrainingProgress progress = new TrainingProgress(terminal, recipe)) {
      result = validation.run(List.of(interruption, progress));
    } catch (TrainingInterruptedException e) {
      throw new BrokenOffException(
          network.keptFeatures(
              "Nothing is kept before the last fold is done: run the same command again"),
          e);
    }
    print(result); // before anything can go wrong with files
    if (out != null) {
      CrossValidationDirectory.write(out, recipe, dataset, result, result.network());
    }
  }

  private void print(CrossValidation.Result result) {
    int suspects = SuspectedLabels.of(result.scores(), SuspectedLabels.SHARE).size();
    Interval interval = result.top1Interval();
    json.print(
        terminal,
        new Figures(
            result.photos(),
            folds,
            result.top1(),
            interval.low(),
            interval.high(),
            result.folds().stream().map(CrossValidation.Fold::top1).toList(),
            result.folds().stream().map(CrossValidation.Fold::seconds).toList(),
            suspects),
        () -> {
          for (int i = 0; i < folds; i++) {
            CrossValidation.Fold fold = result.folds().get(i);
            terminal.print(
                "Fold %d: top-1 %.1f %% on %d photos, trained in %.1f s"
                    .formatted(i + 1, 100 * fold.top1(), fold.photos(), fold.seconds()));
          }
          terminal.print(
              "Cross-validated top-1 %.1f %% (95 %% interval %.1f to %.1f), on %d photos"
                  .formatted(
                      100 * result.top1(),
                      100 * interval.low(),
                      100 * interval.high(),
                      result.photos()));
          terminal.print(
              "%d photos have a doubtful label%s"
                  .formatted(
                      suspects,
                      out == null
                          ? "; --out DIR lists them"
                          : ": " + out.resolve(CrossValidationDirectory.SUSPECTS)));
        });
  }
}
