package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.block.Wiring;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.catalogue.CacheSettings;
import org.food4j.models.weights.catalogue.WeightsCache;
import org.food4j.models.weights.catalogue.WeightsLocator;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import picocli.CommandLine.Option;

/** Which network is trained, and from what. */
final class NetworkArguments {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The network (default: the recipe's); food models lists them.")
  private String model;

  @Option(
      names = "--weights",
      paramLabel = "FILE|NAME",
      description =
          "Pretrained weights to start from: a .safetensors or .h5 file, or a name that food"
              + " weights lists.")
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
              + " frozen part sees each photo once; the rest trains on its features.")
  private String freeze;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Keep the frozen part's features in this file, for the next run.")
  private Path features;

  /** Where features are kept, if they are. */
  Optional<Path> features() {
    return Optional.ofNullable(features);
  }

  /**
   * The recipe: the one that was named, or the usual one for what is frozen. Public weights that it
   * names are downloaded, if they are not in the cache.
   *
   * @param first settings before those of the command line
   */
  Recipe recipe(Terminal terminal, RecipeOptions options, List<String> first) throws IOException {
    List<String> settings = new ArrayList<>(first);
    settings.addAll(options.settings());
    add(settings, "model", model);
    add(settings, "weights", weights);
    add(settings, "freeze", freeze);
    if (allowMissing) {
      settings.add("allow_missing=true");
    }
    Recipe recipe = RecipeFile.read(options.recipe(usualRecipe()), settings);
    if (recipe.transfer().hasWeights()) {
      try (DownloadBar bar = new DownloadBar(terminal, recipe.transfer().weights())) {
        WeightsCache cache = new WeightsCache(CacheSettings.ofEnvironment());
        WeightsFile found = new WeightsLocator(cache).open(recipe.transfer().weights(), bar);
        OptionalInt trained = found.card().inputSize();
        terminal.note(
            "Starting from %s%s"
                .formatted(
                    found.file(),
                    trained.isPresent() ? ", trained at " + trained.getAsInt() + " pixels" : ""));
      }
    }
    return recipe;
  }

  private static void add(List<String> settings, String key, String value) {
    if (value != null) {
      settings.add(key + "=" + RecipeFile.quoted(value));
    }
  }

  private String usualRecipe() {
    if (weights == null) {
      return RecipeFile.DEFAULT;
    }
    return Wiring.BACKBONE.equalsIgnoreCase(freeze) ? RecipeFile.HEAD : RecipeFile.FINE_TUNE;
  }
}
