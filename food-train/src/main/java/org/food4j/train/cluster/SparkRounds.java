package org.food4j.train.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.food4j.data.manifest.Dataset;
import org.food4j.models.layer.NativeEngine;
import org.food4j.train.loop.RoundRunner;
import org.food4j.train.loop.TrainingState;
import org.food4j.train.loop.WorkerRound;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.StartingNetwork;

/**
 * The workers of a data-parallel training as tasks of a Spark cluster, one a worker and round. A
 * task that is lost with its executor is done again elsewhere, with the same result. Not
 * thread-safe.
 */
public final class SparkRounds implements RoundRunner, AutoCloseable {
  private final SparkCluster cluster;
  private final JavaSparkContext spark;
  private final List<Integer> workers;
  private final String id;
  private final Broadcast<ClusterTraining> training;

  /**
   * @param dataset of the {@link org.food4j.train.loop.Trainer}
   * @param recipe of the trainer; its {@code workers} are the tasks of a round
   * @param photos where workers find the data set's photo folder, in any Hadoop file system, if not
   *     at the path that the data set says
   * @throws IllegalArgumentException if ND4J computes on GPUs here, which a cluster's workers do
   *     not; or if the network is one of the program's own, and is not serializable
   * @throws IOException if a file of the data set, or the recipe's weights, cannot be read
   */
  public SparkRounds(SparkCluster cluster, Dataset dataset, Recipe recipe, Optional<String> photos)
      throws IOException {
    requireProcessors(NativeEngine.computesOnGpus());
    this.cluster = cluster;
    spark = cluster.context();
    workers =
        IntStream.range(0, recipe.dataParallel().workers())
            .boxed()
            .collect(Collectors.toUnmodifiableList());
    ClusterTraining shared =
        new ClusterTraining(
            dataset,
            recipe,
            photos.orElse(dataset.photoRoot().toString()),
            StartingNetwork.of(recipe, dataset.labels().size()).card());
    id = shared.id();
    training = spark.broadcast(shared);
  }

  /**
   * A replica is used by whichever thread Spark has for the next task, and ND4J's device is the
   * thread's.
   */
  static void requireProcessors(boolean gpus) {
    if (gpus) {
      throw new IllegalArgumentException(
          "A cluster's workers compute on processors, and ND4J is built for CUDA here: build without -Pcuda (FOOD_MAVEN_ARGS), or train on this machine's GPUs without a cluster");
    }
  }

  @Override
  public List<WorkerRound> round(TrainingState start, int epoch, int firstStep, int steps)
      throws IOException {
    try {
      return collect(spark.broadcast(start), epoch, firstStep, steps);
    } catch (Exception e) { // Scala declares none of those that it throws
      throw cluster.failed(
          "The workers could not make steps %s to %s of epoch %s"
              .formatted(firstStep + 1, firstStep + steps, epoch + 1),
          e);
    }
  }

  private List<WorkerRound> collect(
      Broadcast<TrainingState> sent, int epoch, int firstStep, int steps) {
    List<WorkerRound> rounds = new ArrayList<>();
    try {
      cluster.run(
          () ->
              rounds.addAll(
                  spark
                      .parallelize(workers, workers.size())
                      .map(new RoundTask(training, sent, epoch, firstStep, steps))
                      .collect()));
      return rounds;
    } finally {
      if (!spark.sc().isStopped()) {
        sent.destroy();
      }
    }
  }

  @Override
  public void close() {
    ReplicaPool.end(id);
    if (!spark.sc().isStopped()) {
      training.destroy();
    }
  }
}
