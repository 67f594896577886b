package org.food4j.train.loop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.split.ClassWeights;
import org.food4j.train.device.Devices;
import org.food4j.train.device.Replicas;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.transfer.StartingNetwork;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains a network on a data set's training photos and keeps the epoch that does best on its
 * validation photos. Not thread-safe.
 */
public final class Trainer {
  private final Dataset dataset;
  private final Recipe recipe;
  private final PhotoDecoder decoder;
  private final TrainingCaches caches;

  /** Who makes the steps, if not this process alone. */
  private final Optional<RoundRunner> workers;

  private final StartingNetwork start;

  /** The vertex behind which the network is trained, if not the whole of it is. */
  private final Optional<String> frozenPart;

  private final Unfreezing unfreezing;
  private final ClassWeights classWeights;
  private final int stepsPerEpoch;
  private final ISchedule schedule;
  private Devices devices = Devices.ONE;

  /**
   * @param dataset has at least a batch of training photos, and validation photos
   * @throws IllegalArgumentException if it has not, the recipe names no known model, weights or
   *     stage, or it has too few steps for its warm-up, restarts or milestones
   * @throws IOException if the recipe's weights cannot be read
   */
  public Trainer(Dataset dataset, Recipe recipe, PhotoDecoder decoder) throws IOException {
    this(dataset, recipe, decoder, TrainingCaches.NONE);
  }

  /**
   * @param dataset has at least a batch of training photos, and validation photos
   * @throws IllegalArgumentException as for {@link #Trainer(Dataset, Recipe, PhotoDecoder)}
   * @throws IOException if the recipe's weights cannot be read
   */
  public Trainer(Dataset dataset, Recipe recipe, PhotoDecoder decoder, TrainingCaches caches)
      throws IOException {
    this(dataset, recipe, decoder, caches, Optional.empty());
  }

  /**
   * @param dataset has at least a batch of training photos for each worker, and validation photos
   * @param workers who make the steps of {@link #train} and {@link #resume}, if not this process
   *     alone
   * @throws IllegalArgumentException as for {@link #Trainer(Dataset, Recipe, PhotoDecoder)}; if the
   *     recipe has several workers, and there are none; if there are, and they cannot do what it
   *     says
   * @throws IOException if the recipe's weights cannot be read
   */
  public Trainer(
      Dataset dataset,
      Recipe recipe,
      PhotoDecoder decoder,
      TrainingCaches caches,
      Optional<RoundRunner> workers)
      throws IOException {
    RecipeChecks.requireWorkers(recipe, caches, workers.isPresent());
    this.dataset = dataset;
    this.caches = caches;
    this.workers = workers;
    this.recipe = recipe;
    this.decoder = decoder;
    start = StartingNetwork.of(recipe, dataset.labels().size());
    frozenPart = RecipeChecks.frozenPart(recipe, start.wiring());
    RecipeChecks.requireUse(caches, frozenPart.isPresent());
    unfreezing = new Unfreezing(start.wiring(), recipe.curriculum().unfreezeEpochs());
    ProgressiveResizing.requireAnySize(recipe, start.architecture(), start.spec());
    stepsPerEpoch = RecipeChecks.steps(dataset, recipe);
    classWeights =
        recipe.classWeights().weights(recipe.classWeightsBeta(), dataset.classCounts(Split.TRAIN));
    schedule = recipe.schedule(stepsPerEpoch);
  }

  /**
   * Splits batches between several devices from now on; {@link #probe} does not.
   *
   * @return this
   * @throws IllegalArgumentException if a batch has fewer photos than there are devices, or others
   *     make the steps
   */
  public Trainer on(Devices those) {
    if (recipe.batchSize() < those.count()) {
      throw new IllegalArgumentException(
          "A batch of %d photos cannot be split between %d devices: set batch_size higher, or train on fewer"
              .formatted(recipe.batchSize(), those.count()));
    }
    if (workers.isPresent() && those.count() > 1) {
      throw new IllegalArgumentException(
          "A cluster's workers compute on one device each, not on %d: leave --devices out, or train without a cluster"
              .formatted(those.count()));
    }
    devices = those;
    return this;
  }

  /** What photos pass through on their way to the network, outside training's augmentation. */
  public Preprocessing preprocessing() {
    return start.preprocessing();
  }

  /**
   * Where the network comes from, for the run's provenance.
   *
   * @throws IOException if the recipe's weights cannot be read
   */
  public Map<String, String> provenance() throws IOException {
    return start.provenance();
  }

  /**
   * What settings come to: when photos grow; and what they do that was hardly meant, as balancing a
   * data set that has been balanced before, or looking at one view several times. Sentences for
   * people; empty if there is nothing to say.
   */
  public List<String> remarks() {
    return RecipeRemarks.of(dataset, recipe, classWeights);
  }

  /**
   * Trains to the end of the recipe, or until it stops early.
   *
   * @throws TrainingDivergedException if the loss or a logit is no longer a number
   * @throws TrainingInterruptedException if an observer ends the training
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the store cannot be written
   */
  public TrainingResult train(CheckpointStore store, List<TrainingObserver> observers)
      throws IOException {
    return train(store, Optional.empty(), observers, recipe.epochs());
  }

  /**
   * Continues a training after the last epoch that the store has whole, as if it had not been
   * interrupted: with the same random numbers, batches and optimiser's state. Where sums do not
   * depend on the number of threads, or there is one, the rest is the same bit for bit. Trains from
   * the start if no epoch is whole, and not at all if the training had come to its end.
   *
   * @param store of a training of this recipe on this data set
   * @return of all epochs, those before the interruption too
   * @throws IllegalArgumentException if the store's state is another network's
   * @throws TrainingDivergedException if the loss or a logit is no longer a number
   * @throws TrainingInterruptedException if an observer ends the training
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the store is damaged or cannot be written
   */
  public TrainingResult resume(CheckpointStore store, List<TrainingObserver> observers)
      throws IOException {
    return resume(store, observers, recipe.epochs());
  }

  /**
   * The same, but pauses after an epoch of the recipe's, to be resumed later: a search for settings
   * looks at many trainings before it goes on with the best. Trains nothing if the training has
   * come so far.
   *
   * @param lastEpoch at least 1; the recipe's last one to train to the end
   */
  public TrainingResult resume(
      CheckpointStore store, List<TrainingObserver> observers, int lastEpoch) throws IOException {
    if (lastEpoch < 1 || lastEpoch > recipe.epochs()) {
      throw new IllegalArgumentException(
          "A training of %s epochs pauses after one of them, not after epoch %s"
              .formatted(recipe.epochs(), lastEpoch));
    }
    return train(store, store.recover(), observers, lastEpoch);
  }

  /**
   * Trains at other learning rates than the recipe's, step by step, epoch after epoch without
   * validation, and keeps nothing: what a range test of learning rates needs. Everything else is
   * the recipe's, the first step that of {@link #train} but for its rate, except that stages to be
   * released later train from the start.
   *
   * @param rates by step
   * @param watcher decides after each step whether there is another
   * @param observers are told of weights and features, not of steps
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the weights cannot be read
   */
  public void probe(ISchedule rates, StepWatcher watcher, List<TrainingObserver> observers)
      throws IOException {
    ComputationGraph whole = network(rates, observers);
    if (frozenPart.isPresent()) {
      try (FeatureFile file = FeatureFile.of(caches.features());
          FeatureMaterial features =
              new FrozenPart(whole, frozenPart.get())
                  .material(file.path(), dataset, recipe, preprocessing(), decoder, observers)) {
        probe(features, watcher);
      }
    } else {
      try (PhotoMaterial photos = photos(whole)) {
        probe(photos, watcher);
      }
    }
  }

  private void probe(BatchMaterial material, StepWatcher watcher) {
    GradientStep step = new GradientStep(material.graph(), recipe.stepping(), recipe.seed());
    boolean more = true;
    for (int epoch = 0; more; epoch++) {
      material.startEpoch(epoch);
      while (more && material.hasNext()) {
        more = watcher.goesOnAfter(step.make(material).meanLoss());
      }
      material.graph().incrementEpochCount();
    }
  }

  /** The network that training starts from, at some learning rate of each step. */
  private ComputationGraph network(ISchedule rates, List<TrainingObserver> observers)
      throws IOException {
    return network(rates, List.of(), observers);
  }

  /**
   * @param firstSteps for each stage the step that trains it first; empty if all train from the
   *     start
   */
  private ComputationGraph network(
      ISchedule rates, List<Integer> firstSteps, List<TrainingObserver> observers)
      throws IOException {
    ComputationGraph whole =
        TrainingGraph.create(start, recipe, recipe.optimizer(rates), classWeights, firstSteps);
    start.load(whole).ifPresent(report -> observers.forEach(o -> o.loaded(report)));
    return whole;
  }

  private PhotoMaterial photos(ComputationGraph whole) {
    return new PhotoMaterial(
        whole, dataset, recipe, decoder, preprocessing(), caches.packedPhotos(), 1);
  }

  private TrainingResult train(
      CheckpointStore store,
      Optional<Checkpoint> from,
      List<TrainingObserver> observers,
      int lastEpoch)
      throws IOException {
    try (Replicas replicas = new Replicas(devices)) {
      return train(store, from, observers, lastEpoch, replicas);
    }
  }

  private TrainingResult train(
      CheckpointStore store,
      Optional<Checkpoint> from,
      List<TrainingObserver> observers,
      int lastEpoch,
      Replicas replicas)
      throws IOException {
    List<Integer> firstSteps =
        unfreezing.firstEpochs().stream().map(epoch -> epoch * stepsPerEpoch).toList();
    ComputationGraph whole = network(schedule, firstSteps, observers);
    EpochLoop epochs =
        new EpochLoop(recipe, stepsPerEpoch, schedule, lastEpoch, store, observers, replicas);
    if (frozenPart.isPresent()) {
      return new FrozenTraining(new FrozenPart(whole, frozenPart.get()), store, from)
          .train(
              dataset,
              recipe,
              preprocessing(),
              decoder,
              caches.features(),
              observers,
              (material, keeper) -> epochs.train(material, from, keeper));
    }
    PhotoMaterial photos = photos(whole);
    if (workers.isPresent()) {
      int frequency = recipe.dataParallel().averagingFrequency();
      try (RoundMaterial rounds =
          new RoundMaterial(photos, workers.get(), frequency, stepsPerEpoch)) {
        return epochs.train(rounds, from, store::saveBest);
      }
    }
    if (!unfreezing.isOn()) {
      try (photos) {
        return epochs.train(photos, from, store::saveBest);
      }
    }
    try (UnfreezingMaterial released = new UnfreezingMaterial(whole, photos, unfreezing)) {
      return epochs.train(released, from, part -> released.keepBest(store));
    }
  }
}
