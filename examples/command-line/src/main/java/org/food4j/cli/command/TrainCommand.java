package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food train}: from a data set to a run directory. */
@Command(
    name = "train",
    description = {
      "Trains a network, keeps the epoch that does best on the validation photos, and evaluates it"
          + " on the test photos.",
      "The run directory holds the recipe as resolved, checkpoints, metrics and a report."
    },
    footer = {
      "  food train --data dataset --model se_cnn --out run",
      "  food train --data dataset --out run --ui --set epochs=60 --set input_size=160",
      "  food train --data dataset --out run --model efficientnet_b4 --weights b4.safetensors"
          + " --freeze backbone",
      "  food train --resume --out run"
    })
public final class TrainCommand implements Callable<Integer> {
  /** What shells see of a process that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "A directory made by food data prepare; may be left out with --resume, which knows the"
              + " run's.")
  private Path data;

  @Mixin private NetworkArguments network;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run directory, new or empty; with --resume an interrupted run's.")
  private Path out;

  @Option(
      names = "--resume",
      description =
          "Go on with a run that was interrupted, after its last whole epoch, as if it had not"
              + " been; by its own recipe, on its own data set.")
  private boolean resume;

  @Mixin private RecipeOptions recipeOptions;

  @Mixin private UiOptions uiOptions;

  @Option(
      names = "--packed-photos",
      paramLabel = "FILE",
      description =
          "Keep the decoded training photos in this file, for the next epoch and the next run: for"
              + " more photos than memory holds.")
  private Path packedPhotos;

  @Mixin private JsonOption json;

  public TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (resume && RunDirectory.resume(out).isFinished()) {
      json.print(
          terminal,
          new Finished(out, true),
          () -> terminal.print("The run in %s is finished: nothing to do".formatted(out)));
      return 0;
    }
    TrainingSession session = session();
    try (Interruption interruption = Interruption.watch()) {
      tell(uiOptions.run(session, terminal, List.of(interruption)));
      return 0;
    } catch (BrokenOffException e) {
      if (e.getCause() instanceof TrainingInterruptedException) {
        return INTERRUPTED;
      }
      throw e;
    }
  }

  private void tell(TrainingSession.Outcome outcome) throws IOException {
    json.print(
        terminal,
        outcome.figures(),
        () -> {
          terminal.print(EvaluateCommand.describe(outcome.evaluation()));
          terminal.print("Run: %s   Report: %s".formatted(out, outcome.run().report()));
          terminal.print("Next: examples/food export --model %s --out model.onnx".formatted(out));
        });
  }

  /** The JSON document where nothing is left to resume. */
  private record Finished(Path run, boolean finished) {}

  private TrainingSession session() throws IOException {
    TrainingCaches caches =
        new TrainingCaches(Optional.ofNullable(packedPhotos), network.features());
    if (resume) {
      if (network.isGiven() || recipeOptions.isGiven()) {
        throw new UsageException(
            "--resume goes on by the run's own recipe: leave --model, --weights, --allow-missing,"
                + " --freeze, --recipe and --set out, or train into another directory");
      }
      return TrainingSession.resume(
          terminal, RunDirectory.resume(out), Optional.ofNullable(data), caches);
    }
    if (data == null) {
      throw new UsageException("Missing required option: '--data=DATASET'");
    }
    Recipe recipe = network.recipe(terminal, recipeOptions, List.of());
    return new TrainingSession(terminal, Dataset.open(data), recipe, out, caches);
  }
}
