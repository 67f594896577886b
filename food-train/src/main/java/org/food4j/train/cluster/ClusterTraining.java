package org.food4j.train.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkFiles;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/**
 * What every worker knows of a training: the recipe, what is known of its weights, the network if
 * it is a program's own, the data set's files, and where its photos are. The weights themselves
 * stay on the driver: parameters come with each round. Immutable.
 */
final class ClusterTraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id = UUID.randomUUID().toString();
  private final String recipe;

  /** The card of its weights: workers build, and feed, the network that they were trained in. */
  private final HashMap<String, String> weights;

  private final ArrayList<Architecture> registered;

  private final LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
  private final String photos;

  /**
   * @param photos the folder that the entries' paths are relative to, as the workers see it
   * @param weights the card of the recipe's weights
   * @throws IllegalArgumentException if the network is one of the program's own, and cannot be sent
   * @throws IOException if a file of the data set cannot be read
   */
  ClusterTraining(Dataset dataset, Recipe recipe, String photos, WeightsCard weights)
      throws IOException {
    this.recipe = RecipeFile.write(recipe);
    this.weights = new HashMap<>(weights.metadata());
    this.photos = photos;
    registered = new ArrayList<>();
    Architectures.registered(recipe.model()).ifPresent(registered::add);
    for (Architecture architecture : registered) {
      if (!(architecture instanceof Serializable)) {
        throw new IllegalArgumentException(
            "The network %s is registered in this process alone, and workers train in others: have %s implement java.io.Serializable, so that it can be sent to them"
                .formatted(architecture.name(), architecture.getClass().getName()));
      }
    }
    for (String name : Dataset.FILES) {
      files.put(name, Files.readAllBytes(dataset.directory().resolve(name)));
    }
  }

  String id() {
    return id;
  }

  /** The recipe; its weights are where the driver is. */
  Recipe recipe() throws IOException {
    Path file = Files.createTempFile("recipe", ".yaml");
    try {
      Files.writeString(file, recipe);
      return RecipeFile.read(file.toString(), List.of());
    } finally {
      Files.delete(file);
    }
  }

  /** What is known of the recipe's weights. */
  WeightsCard weights() throws IOException {
    return WeightsCard.of(Path.of("weights of training " + id), weights);
  }

  /** The recipe's network, if the program has registered it; else none. */
  List<Architecture> registered() {
    return registered;
  }

  /** Makes the recipe's network known to this process, as the driver's program did to its own. */
  void register() {
    for (Architecture architecture : registered) {
      if (Architectures.registered(architecture.name()).isEmpty()) {
        Architectures.register(architecture);
      }
    }
  }

  /** Where this process keeps the data set's files, and photos that it has copied. */
  Path folder() {
    return Path.of(SparkFiles.getRootDirectory()).resolve("food4j-" + id);
  }

  /**
   * The data set in this process. Photos of a file system that is not mounted are copied, those
   * that are missing here yet: once for each executor, not for each task.
   */
  Dataset dataset() throws IOException {
    Path folder = folder();
    Path directory = folder.resolve("dataset");
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    if (PhotoPlace.isLocal(photos)) {
      return Dataset.open(directory, PhotoPlace.local(photos));
    }
    Path copies = Files.createDirectories(folder.resolve("photos"));
    Dataset dataset = Dataset.open(directory, copies);
    HadoopFiles.copy(photos, dataset.entries(Split.TRAIN), copies);
    return dataset;
  }
}
