package org.food4j.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.FileTree;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.cluster.ClusterPhotos;
import org.food4j.train.cluster.ClusterSettings;
import org.food4j.train.cluster.SparkCluster;
import org.food4j.train.cluster.SparkLibrary;
import org.food4j.train.cluster.SparkRounds;
import org.food4j.train.loop.RoundRunner;
import org.food4j.train.recipe.Recipe;

/** Who makes a training's steps: this process, or a Spark cluster that is connected for it. */
final class TrainingWorkers implements AutoCloseable {
  private final Optional<ClusterSettings> settings;
  private final Optional<String> photos;
  private Optional<Path> copies = Optional.empty();
  private Optional<SparkCluster> cluster = Optional.empty();
  private Optional<SparkRounds> rounds = Optional.empty();

  /**
   * @param settings of the cluster, if there is one
   * @param photos where its workers find the data set's photos, if not where the data set says
   * @throws IOException if Spark is not on the class path
   */
  TrainingWorkers(Optional<ClusterSettings> settings, Optional<String> photos) throws IOException {
    this.settings = settings;
    this.photos = photos;
    if (settings.isPresent()) {
      SparkLibrary.require();
    } else if (photos.isPresent()) {
      throw new UsageException("--spark-photos is about a cluster: name it by --spark-master");
    }
  }

  /** This process alone. */
  static TrainingWorkers none() throws IOException {
    return new TrainingWorkers(Optional.empty(), Optional.empty());
  }

  /** How many there are where a recipe does not say it, as a setting of one; empty if one. */
  List<String> recipeSettings() {
    return settings
        .filter(ClusterSettings::isLocal)
        .filter(local -> local.workers() > 1)
        .map(local -> List.of("workers=" + local.workers()))
        .orElse(List.of());
  }

  /** Opens a data set with its photos where the cluster has them. */
  Dataset open(Path directory) throws IOException {
    if (photos.isEmpty()) {
      return Dataset.open(directory);
    }
    cluster(); // its settings say how Hadoop's file systems are read
    copies = Optional.of(Files.createTempDirectory("food4j-photos"));
    return ClusterPhotos.open(directory, photos.get(), copies.get());
  }

  /** The workers of a training; empty if this process makes its steps. */
  Optional<RoundRunner> of(Dataset dataset, Recipe recipe) throws IOException {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    rounds = Optional.of(new SparkRounds(cluster(), dataset, recipe, photos));
    return Optional.of(rounds.get());
  }

  private SparkCluster cluster() throws IOException {
    if (cluster.isEmpty()) {
      cluster = Optional.of(SparkCluster.open(settings.orElseThrow()));
    }
    return cluster.get();
  }

  @Override
  public void close() {
    // no method references: to make them, Java loads these classes, which need Spark
    if (rounds.isPresent()) {
      rounds.get().close();
    }
    if (cluster.isPresent()) {
      cluster.get().close();
    }
    copies.ifPresent(TrainingWorkers::delete);
  }

  private static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The copied photos in %s stay".formatted(folder), e);
    }
  }
}
