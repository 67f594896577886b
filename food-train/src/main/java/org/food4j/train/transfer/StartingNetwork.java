package org.food4j.train.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.file.Sha256;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Wiring;
import org.food4j.models.layer.NativeEngine;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.catalogue.CacheSettings;
import org.food4j.models.weights.catalogue.DownloadProgress;
import org.food4j.models.weights.catalogue.WeightsCache;
import org.food4j.models.weights.catalogue.WeightsLocator;
import org.food4j.train.recipe.Recipe;

/**
 * The network that a training starts from: the recipe's, in the form that its weights were trained
 * in. Immutable.
 */
public final class StartingNetwork {
  private final Recipe recipe;
  private final Architecture architecture;

  /** Empty where there are none, and where they are elsewhere. */
  private final Optional<WeightsFile> weights;

  private final WeightsCard card;
  private final NetworkSpec spec;

  private StartingNetwork(
      Recipe recipe, int classes, Optional<WeightsFile> weights, WeightsCard card) {
    this.recipe = recipe;
    this.weights = weights;
    this.card = card;
    architecture = Architectures.named(recipe.model());
    spec = card.completed(recipe.spec(classes), architecture.name());
  }

  /**
   * The network of a recipe; its weights are opened and matched by name and shape, not read.
   *
   * @param classes of the data set
   * @throws IllegalArgumentException if the recipe names no known model or weights, or a precision
   *     that this machine cannot train in
   * @throws WeightsException if the weights are broken or another network's
   * @throws IOException if they cannot be read
   */
  public static StartingNetwork of(Recipe recipe, int classes) throws IOException {
    Optional<WeightsFile> weights =
        recipe.transfer().hasWeights()
            ? Optional.of(open(recipe.transfer().weights()))
            : Optional.empty();
    WeightsCard card = weights.map(WeightsFile::card).orElse(WeightsCard.EMPTY);
    StartingNetwork start = new StartingNetwork(recipe, classes, weights, card);
    NativeEngine.start().requireTraining(start.spec.trainingPrecision());
    if (weights.isPresent()) {
      // here rather than when training begins: a run directory has been started by then
      Architecture network = start.architecture;
      new WeightImport(start.options())
          .check(
              weights.get(),
              network
                  .configure(new NeuralNetConfiguration.Builder(), start.spec)
                  .setOutputs(network.logits())
                  .build());
    }
    return start;
  }

  /**
   * The same network where its weights are not: for a copy that is given its parameters.
   *
   * @param card the {@link #card} of the network where the weights are
   * @throws IllegalArgumentException if the recipe names no known model, or a precision that this
   *     machine cannot train in
   */
  public static StartingNetwork withoutWeights(Recipe recipe, int classes, WeightsCard card) {
    StartingNetwork start = new StartingNetwork(recipe, classes, Optional.empty(), card);
    NativeEngine.start().requireTraining(start.spec.trainingPrecision());
    return start;
  }

  /** Public weights that are not in the cache yet are downloaded. */
  private static WeightsFile open(String weights) throws IOException {
    return new WeightsLocator(new WeightsCache(CacheSettings.ofEnvironment()))
        .open(weights, DownloadProgress.NONE);
  }

  /**
   * What is known of its weights: what their file says, and of public ones what the catalogue does.
   * Says nothing where there are none.
   */
  public WeightsCard card() {
    return card;
  }

  /** The weights, if the recipe has any. */
  private Optional<WeightsFile> weights() {
    if (weights.isEmpty() && recipe.transfer().hasWeights()) {
      throw new IllegalStateException(
          "The weights %s are not here: only their card is".formatted(recipe.transfer().weights()));
    }
    return weights;
  }

  /** The family's member. */
  public Architecture architecture() {
    return architecture;
  }

  /** What it is built for. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Its stages. */
  public Wiring wiring() {
    return architecture.wiring(spec);
  }

  /** What photos pass through on their way to it, outside training's augmentation. */
  public Preprocessing preprocessing() {
    return card.preprocessing(spec.inputSize());
  }

  /**
   * Where the network comes from, for a run's provenance: {@code weights_sha256} of the weights, if
   * there are any.
   *
   * @throws IOException if the weights cannot be read
   */
  public Map<String, String> provenance() throws IOException {
    Optional<WeightsFile> start = weights();
    if (start.isEmpty()) {
      return Map.of();
    }
    try (InputStream in = Files.newInputStream(start.get().file())) {
      return Map.of("weights_sha256", Sha256.of(in));
    }
  }

  /**
   * Loads the weights, if there are any, into a graph of this network. The linear layer that gives
   * the logits stays as it is where the file's is of another number of classes, or incomplete; so
   * does a linear head where the file has hidden layers.
   *
   * @return what became of each tensor
   * @throws WeightsException if a tensor does not fit; nothing is loaded then
   * @throws IOException if the file cannot be read
   */
  public Optional<ImportReport> load(ComputationGraph graph) throws IOException {
    Optional<WeightsFile> start = weights();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new WeightImport(options()).load(start.get(), graph));
  }

  private WeightImportOptions options() {
    return WeightImportOptions.STRICT
        .withAllowMissing(recipe.transfer().allowMissing())
        .withReplacedHead(architecture.logits())
        .withReplacedStage(spec.head() == Head.LINEAR ? ownHead() : Set.of())
        .withArchitecture(architecture.name());
  }

  /** The modules of the head that published weights have. */
  private Set<String> ownHead() {
    NetworkSpec own = new NetworkSpec(spec.classes(), architecture.inputSize());
    return Set.copyOf(architecture.wiring(own).head().vertices());
  }
}
