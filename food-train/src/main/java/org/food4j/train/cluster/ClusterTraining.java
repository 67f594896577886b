package org.food4j.train.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkFiles;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;

/**
 * What every worker knows of a training: the recipe, the data set's files, and where its photos
 * are. Photos of a file system that is not mounted are copied to each machine once. Immutable.
 */
final class ClusterTraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id = UUID.randomUUID().toString();
  private final String recipe;

  /** Name of the weights among the files that Spark hands out; empty where there are none. */
  private final String weights;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final String photos;

  /**
   * @param photos the folder that the entries' paths are relative to, as the workers see it
   * @param weights name of a file that was given to Spark; empty if there is none
   * @throws IOException if a file of the data set cannot be read
   */
  ClusterTraining(Dataset dataset, Recipe recipe, String photos, String weights)
      throws IOException {
    this.recipe = RecipeFile.write(recipe);
    this.weights = weights;
    this.photos = photos;
    for (String name : Dataset.FILES) {
      files.put(name, Files.readAllBytes(dataset.directory().resolve(name)));
    }
  }

  String id() {
    return id;
  }

  /** The recipe with its weights where Spark has put them on this machine. */
  Recipe recipe() throws IOException {
    Path file = Files.createTempFile("recipe", ".yaml");
    try {
      Files.writeString(file, recipe);
      return RecipeFile.read(
          file.toString(),
          weights.isEmpty()
              ? List.of()
              : List.of("weights=" + RecipeFile.quoted(SparkFiles.get(weights))));
    } finally {
      Files.delete(file);
    }
  }

  /** The data set on this machine. Photos that are still missing here are copied. */
  Dataset dataset() throws IOException {
    Path folder = Path.of(SparkFiles.getRootDirectory()).resolve("food4j-" + id);
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
