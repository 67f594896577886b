package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.manifest.Dataset;
import org.food4j.models.block.Wiring;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
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
          + " --freeze backbone"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET",
      description = "A directory made by food data prepare.")
  private Path data;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The network (default: the recipe's); food models lists them.")
  private String model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run directory, new or empty.")
  private Path out;

  @Mixin private RecipeOptions recipeOptions;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Pretrained weights to start from, a .safetensors file.")
  private String weights;

  @Option(
      names = "--allow-missing",
      description = "Parameters that the weights lack keep their random values.")
  private boolean allowMissing;

  @Option(
      names = "--freeze",
      paramLabel = "none|backbone|STAGE",
      description =
          "What keeps its weights: nothing, all but the head, or the network up to a stage. The"
              + " frozen part sees each photo once.")
  private String freeze;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Keep the frozen part's features in this file, for the next run.")
  private Path features;

  @Option(
      names = "--ui",
      description = "Show the training in DL4J's UI server; the address is printed.")
  private boolean ui;

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      description = "Where the UI server listens (default: ${DEFAULT-VALUE}).",
      defaultValue = "9000")
  private int uiPort;

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
    Recipe recipe = RecipeFile.read(recipeOptions.recipe(usualRecipe()), settings());
    Dataset dataset = Dataset.open(data);
    TrainingSession session =
        new TrainingSession(
            terminal,
            dataset,
            recipe,
            out,
            new TrainingCaches(Optional.ofNullable(packedPhotos), Optional.ofNullable(features)));
    TrainingSession.Outcome outcome = ui ? session.runWithUi(uiPort) : session.run(List.of());
    json.print(
        terminal,
        outcome.figures(),
        () -> {
          terminal.print(EvaluateCommand.describe(outcome.evaluation()));
          terminal.print("Run: %s   Report: %s".formatted(out, outcome.run().report()));
          terminal.print("Next: examples/food export --model %s --out model.onnx".formatted(out));
        });
    return 0;
  }

  private String usualRecipe() {
    if (weights == null) {
      return RecipeFile.DEFAULT;
    }
    return Wiring.BACKBONE.equalsIgnoreCase(freeze) ? RecipeFile.HEAD : RecipeFile.FINE_TUNE;
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>(recipeOptions.settings());
    if (model != null) {
      settings.add("model=" + RecipeFile.quoted(model));
    }
    if (weights != null) {
      settings.add("weights=" + RecipeFile.quoted(weights));
    }
    if (freeze != null) {
      settings.add("freeze=" + RecipeFile.quoted(freeze));
    }
    if (allowMissing) {
      settings.add("allow_missing=true");
    }
    return settings;
  }
}
