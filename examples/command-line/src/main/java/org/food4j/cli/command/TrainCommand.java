package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.device.Devices;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.Transfer;
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
      "The run directory holds the recipe as resolved, checkpoints, metrics and a report.",
      "Ctrl-C ends it at the next step; --resume goes on after the last whole epoch."
    },
    footer = {
      "  food train --data dataset --model se_cnn --out run",
      "  food train --data dataset --out run --ui --set epochs=60 --set input_size=160",
      "  food train --data dataset --out run --model efficientnet_b4 --weights b4.safetensors"
          + " --freeze backbone",
      "  food train --resume --out run",
      "  food train --like run --out again",
      "  food train --data dataset --out run --spark-master spark://host:7077 --set workers=4"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "A directory made by food data prepare; may be left out with --resume and --like,"
              + " which know the run's.")
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
              + " been; by its own recipe, on its own data set. --data and --weights say where the"
              + " data set and the weights that it was started from lie now; they must be the"
              + " same.")
  private boolean resume;

  @Option(
      names = "--like",
      paramLabel = "RUN",
      description =
          "Repeat that run: its recipe, data set and weights, which must not have changed; --data"
              + " says where the data set lies now, --set changes values of the recipe. Afterwards"
              + " it says whether the repeat equals the original, and what may be why not.")
  private Path like;

  @Mixin private RecipeOptions recipeOptions;

  @Mixin private UiOptions uiOptions;

  @Option(
      names = "--packed-photos",
      paramLabel = "FILE",
      description =
          "Keep the decoded training photos in this file, for the next epoch and the next run: for"
              + " more photos than memory holds.")
  private Path packedPhotos;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Split each batch between so many GPUs (default: 1). The number is not part of the recipe:"
              + " name it again with --resume and --like, or the rest is trained on one.")
  private int devices;

  @Mixin private SparkOptions spark;

  @Option(
      names = "--spark-photos",
      paramLabel = "URL",
      description =
          "Where the cluster's workers find the data set's photo folder, such as"
              + " hdfs://host/photos, if not at the path that the data set says.")
  private String sparkPhotos;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    return Interruption.watch(
        terminal,
        interruption -> {
          // inside the watch: what it closes, and deletes, comes before the process's end
          try (TrainingWorkers workers =
              new TrainingWorkers(spark.cluster(), Optional.ofNullable(sparkPhotos))) {
            return run(interruption, workers);
          }
        });
  }

  private int run(Interruption interruption, TrainingWorkers workers) throws IOException {
    chosen(); // before the data set and the weights are read
    if (like != null) {
      return new RunRepetition(terminal, like)
          .run(original -> run(repetition(original, workers), interruption), json);
    }
    if (resume && RunDirectory.resume(out).isFinished()) {
      json.print(
          terminal,
          new Finished(out, true),
          () -> terminal.print("The run in %s is finished: nothing to do".formatted(out)));
      return 0;
    }
    tell(run(session(workers), interruption));
    return 0;
  }

  private TrainingSession.Outcome run(TrainingSession session, Interruption interruption)
      throws IOException {
    return uiOptions.run(session.on(chosen()), terminal, List.of(interruption));
  }

  private Devices chosen() {
    if (devices < 1) {
      throw new UsageException("--devices is at least 1, not " + devices);
    }
    return Devices.present(devices);
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

  private TrainingSession repetition(RunDirectory original, TrainingWorkers workers)
      throws IOException {
    if (resume || network.isGiven() || recipeOptions.hasRecipe()) {
      throw new UsageException(
          "--like trains by the other run's recipe: leave --resume, --model, --weights,"
              + " --allow-missing, --freeze and --recipe out; --set changes values of it");
    }
    return TrainingSession.like(
        terminal,
        original,
        Optional.ofNullable(data),
        recipeOptions.settings(),
        out,
        new TrainingCaches(Optional.ofNullable(packedPhotos), network.features()),
        workers);
  }

  private TrainingSession resumed(RunDirectory run, TrainingCaches caches, TrainingWorkers workers)
      throws IOException {
    if (network.isGivenBesidesWeights() || recipeOptions.isGiven()) {
      throw new UsageException(
          "--resume goes on by the run's own recipe: leave --model, --allow-missing, --freeze,"
              + " --recipe and --set out, or train into another directory; --data and --weights"
              + " say where its data set and weights lie now");
    }
    Transfer transfer = run.recipe().transfer();
    if (network.isGiven() && !transfer.hasWeights()) {
      throw new UsageException(
          "The run in %s was started from random weights: leave --weights out".formatted(out));
    }
    if (!network.isGiven()
        && transfer.hasWeights()
        && transfer.weights().matches(".*\\.(safetensors|h5)")
        && Files.notExists(Path.of(transfer.weights()))) {
      throw new IllegalArgumentException(
          "The weights that the run in %s was started from are no longer at %s: bring them back, or name by --weights where they lie now"
              .formatted(out, transfer.weights()));
    }
    return TrainingSession.resume(
        terminal, run, Optional.ofNullable(data), network.weightsSetting(), caches, workers);
  }

  /** The JSON document where nothing is left to resume. */
  private record Finished(Path run, boolean finished) {}

  private TrainingSession session(TrainingWorkers workers) throws IOException {
    TrainingCaches caches =
        new TrainingCaches(Optional.ofNullable(packedPhotos), network.features());
    if (resume) {
      return resumed(RunDirectory.resume(out), caches, workers);
    }
    if (data == null) {
      throw new UsageException("Missing required option: '--data=DATASET'");
    }
    List<String> first = recipeOptions.chooses("workers") ? List.of() : workers.recipeSettings();
    Recipe recipe = network.recipe(terminal, recipeOptions, first);
    return new TrainingSession(terminal, workers.open(data), recipe, out, caches, workers);
  }
}
