package org.food4j.train.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.food4j.data.batch.BatchShare;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.StartingNetwork;

/**
 * One worker's copy of a network in a data-parallel training. It holds nothing that a step depends
 * on: any replica of a recipe makes any worker's steps, and where sums do not depend on the number
 * of threads, or there is one, makes them the same bit for bit. Not thread-safe.
 */
public final class Replica implements AutoCloseable {
  private final Recipe recipe;
  private final PhotoMaterial photos;

  /** Which steps the photos are read ahead for. */
  private Optional<Position> position = Optional.empty();

  private record Position(int worker, int epoch, int step) {}

  /**
   * @param dataset the whole of it, as the {@link Trainer}'s
   * @param recipe the trainer's; its weights need not be here, since parameters come with each
   *     round
   * @param weights what {@link StartingNetwork#card} says of them where they are
   * @param together replicas that work in this process at the same time, at least 1: they divide
   *     the processors, and the memory for decoded photos
   * @throws IllegalArgumentException as the trainer's
   */
  public Replica(
      Dataset dataset, Recipe recipe, WeightsCard weights, PhotoDecoder decoder, int together) {
    this.recipe = recipe;
    StartingNetwork start =
        StartingNetwork.withoutWeights(recipe, dataset.labels().size(), weights);
    photos =
        new PhotoMaterial(
            TrainingGraph.create(
                start,
                recipe,
                recipe
                    .optimizer(recipe.schedule(RecipeChecks.steps(dataset, recipe)))
                    .averagedOver(recipe.dataParallel().workers()),
                recipe
                    .classWeights()
                    .weights(recipe.classWeightsBeta(), dataset.classCounts(Split.TRAIN)),
                List.of()),
            dataset,
            recipe,
            decoder,
            start.preprocessing(),
            Optional.empty(),
            together);
  }

  /**
   * Makes a worker's steps. Its batches are every {@code workers}-th of the epoch, from the
   * worker's own number on, its dropout is its own.
   *
   * @param start before the first of them
   * @param worker from 0, below the recipe's number of workers
   * @param epoch from 0
   * @param firstStep within the epoch, from 0
   * @param steps at least 1; the epoch has as many
   * @throws IllegalArgumentException if the state is another network's
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   */
  public WorkerRound round(TrainingState start, int worker, int epoch, int firstStep, int steps) {
    Position wanted = new Position(worker, epoch, firstStep);
    if (!position.equals(Optional.of(wanted))) {
      int workers = recipe.dataParallel().workers();
      int batches = firstStep * recipe.stepping().accumulationSteps();
      photos.startEpoch(epoch, new BatchShare(worker, workers, batches));
    }
    start.applyTo(photos.graph());
    GradientStep step = new GradientStep(photos.graph(), recipe.stepping(), seed(worker));
    List<GradientStep.Made> made = new ArrayList<>();
    position = Optional.empty(); // unless all goes well
    while (made.size() < steps) {
      made.add(step.make(photos));
    }
    position = Optional.of(new Position(worker, epoch, firstStep + steps));
    return new WorkerRound(TrainingState.of(photos.graph()), made);
  }

  /** The first worker's is the recipe's; steps count from 0, so nobody else's streams are these. */
  private long seed(int worker) {
    return worker == 0 ? recipe.seed() : StepSeed.of(recipe.seed(), -worker);
  }

  /** Releases files and threads. */
  @Override
  public void close() {
    photos.close();
  }
}
