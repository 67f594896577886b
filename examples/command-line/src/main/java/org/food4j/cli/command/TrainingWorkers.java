package org.food4j.cli.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.food4j.data.file.FileTree;
import org.food4j.data.manifest.Dataset;
import org.food4j.train.cluster.ClusterPhotos;
import org.food4j.train.cluster.ClusterSettings;
import org.food4j.train.cluster.LateShutdown;
import org.food4j.train.cluster.SparkCluster;
import org.food4j.train.cluster.SparkLibrary;
import org.food4j.train.cluster.SparkRounds;
import org.food4j.train.loop.RoundRunner;
import org.food4j.train.recipe.Recipe;

/** Who makes a training's steps: this process, or a Spark cluster that is connected for it. */
final class TrainingWorkers implements Closeable {
  private final Optional<ClusterSettings> settings;
  private final Optional<String> photos;
  private Optional<SparkCluster> cluster = Optional.empty();

  /** What closes what was opened, the last first. */
  private final Deque<Closeable> opened = new ArrayDeque<>();

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

  /**
   * How many there are where a recipe does not say it, as a setting of one; empty if this process
   * trains.
   *
   * @throws IllegalArgumentException if the cluster does not say it either
   */
  List<String> recipeSettings() {
    return settings.stream().map(cluster -> "workers=" + cluster.workers()).toList();
  }

  /** Who trains by a recipe, for people; empty if this process does. */
  Optional<String> describe(Recipe recipe) {
    int workers = recipe.dataParallel().workers();
    return master()
        .map(
            master ->
                "Training with %s worker%s on %s"
                    .formatted(workers, workers == 1 ? "" : "s", master));
  }

  /** The cluster's URL, if there is one. */
  Optional<String> master() {
    return settings.map(ClusterSettings::master);
  }

  /** Opens a data set with its photos where the cluster has them. */
  Dataset open(Path directory) throws IOException {
    if (photos.isEmpty()) {
      return Dataset.open(directory);
    }
    SparkCluster connected = cluster();
    Path copies = Files.createTempDirectory("food4j-photos");
    opened.push(() -> delete(copies));
    return ClusterPhotos.open(connected, directory, photos.get(), copies);
  }

  /** The workers of a training; empty if this process makes its steps. */
  Optional<RoundRunner> of(Dataset dataset, Recipe recipe) throws IOException {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    SparkRounds rounds = new SparkRounds(cluster(), dataset, recipe, photos);
    opened.push(rounds::close);
    return Optional.of(rounds);
  }

  private SparkCluster cluster() throws IOException {
    if (cluster.isEmpty()) {
      LateShutdown shutdown = new LateShutdown(Interruption.PATIENCE);
      opened.push(shutdown::close);
      SparkCluster connected = SparkCluster.open(settings.orElseThrow());
      opened.push(connected::close);
      cluster = Optional.of(connected);
    }
    return cluster.get();
  }

  /** Closes all of them, also where one fails. */
  @Override
  public void close() throws IOException {
    if (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } finally {
        close();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new IOException("The copied photos in %s stay".formatted(folder), e);
    }
  }
}
