package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.block.Wiring;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.catalogue.CacheSettings;
import org.food4j.models.weights.catalogue.WeightsCache;
import org.food4j.models.weights.catalogue.WeightsLocator;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.recipe.Transfer;
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

  /** Weights that have been spoken of. */
  private final Set<String> told = new HashSet<>();

  /** Where features are kept, if they are. */
  Optional<Path> features() {
    return Optional.ofNullable(features);
  }

  /** A sentence about what is left, and that the features are, if they are. */
  String keptFeatures(String left) {
    return features != null && Files.isRegularFile(features)
        ? "%s, with the features that are kept in %s".formatted(left, features)
        : left;
  }

  /**
   * Whether the command line says anything of the network; where features are kept is not of it.
   */
  boolean isGiven() {
    return weights != null || isGivenBesidesWeights();
  }

  /** The same, but for where the weights lie. */
  boolean isGivenBesidesWeights() {
    return model != null || allowMissing || freeze != null;
  }

  /** The weights that are named, as a setting of a recipe; empty without. */
  List<String> weightsSetting() {
    List<String> settings = new ArrayList<>();
    add(settings, "weights", weights);
    return settings;
  }

  /**
   * The recipe: the one that was named, or the usual one for what is frozen. Public weights are
   * downloaded, if they are not in the cache; where no network is named, theirs is taken.
   *
   * @param first settings before those of the command line
   */
  Recipe recipe(Terminal terminal, RecipeOptions options, List<String> first) throws IOException {
    List<String> chosen = new ArrayList<>(options.settings());
    chosen.addAll(settings());
    return recipe(terminal, options, first, chosen);
  }

  /** What the command line says of the network, as settings of a recipe. */
  List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (model != null) {
      settings.add("model=" + model); // unquoted: a sweep takes several
    }
    add(settings, "weights", weights);
    add(settings, "freeze", freeze);
    if (allowMissing) {
      settings.add("allow_missing=true");
    }
    return settings;
  }

  /**
   * The recipe of given settings instead of the command line's.
   *
   * @param first settings before what the weights say
   * @param chosen settings after it
   */
  Recipe recipe(Terminal terminal, RecipeOptions options, List<String> first, List<String> chosen)
      throws IOException {
    List<String> settings = new ArrayList<>(first);
    Optional<String> start = given(chosen, "weights");
    if (start.isPresent()) {
      add(settings, "model", card(terminal, start.get()).architecture().orElse(null));
    }
    settings.addAll(chosen);
    return RecipeFile.read(options.recipe(usualRecipe(chosen)), settings);
  }

  private WeightsCard card(Terminal terminal, String weights) throws IOException {
    try (DownloadBar bar = new DownloadBar(terminal, weights)) {
      WeightsFile found =
          new WeightsLocator(new WeightsCache(CacheSettings.ofEnvironment())).open(weights, bar);
      OptionalInt trained = found.card().inputSize();
      if (told.add(weights)) {
        terminal.note(
            "Starting from %s%s"
                .formatted(
                    found.file(),
                    trained.isPresent() ? ", trained at " + trained.getAsInt() + " pixels" : ""));
      }
      return found.card();
    }
  }

  /** The last value that is given for a key, if it is one; "none" is none. */
  private static Optional<String> given(List<String> settings, String key) {
    return settings.stream()
        .filter(setting -> setting.startsWith(key + "="))
        .reduce((earlier, later) -> later)
        .map(setting -> RecipeFile.unquoted(setting.substring(key.length() + 1)))
        .filter(value -> !value.equalsIgnoreCase(Transfer.NONE));
  }

  private static void add(List<String> settings, String key, String value) {
    if (value != null) {
      settings.add(key + "=" + RecipeFile.quoted(value));
    }
  }

  /** The recipe for what is frozen, where none is named. */
  private static String usualRecipe(List<String> settings) {
    if (given(settings, "weights").isEmpty()) {
      return RecipeFile.DEFAULT;
    }
    return given(settings, "freeze")
        .map(frozen -> frozen.equalsIgnoreCase(Wiring.BACKBONE) ? RecipeFile.HEAD : RecipeFile.LATE)
        .orElse(RecipeFile.FINE_TUNE);
  }
}
