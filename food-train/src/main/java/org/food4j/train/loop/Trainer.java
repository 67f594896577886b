package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.split.ClassWeights;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.block.Wiring;
import org.food4j.models.graph.GraphCut;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.recipe.ClassWeighting;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.Sampling;
import org.food4j.train.transfer.CachedFeatures;
import org.food4j.train.transfer.FeatureViews;
import org.food4j.train.transfer.StartingNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
  private final StartingNetwork start;

  /** The vertex behind which the network is trained, if not the whole of it is. */
  private final Optional<String> frozenPart;

  private final Unfreezing unfreezing;
  private final ClassWeights classWeights;
  private final int stepsPerEpoch;
  private final ISchedule schedule;

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
    this.dataset = dataset;
    this.caches = caches;
    this.recipe = recipe;
    this.decoder = decoder;
    start = StartingNetwork.of(recipe, dataset.labels().size());
    frozenPart = frozenPart(recipe, start.wiring());
    requireUse(caches, frozenPart.isPresent());
    unfreezing = new Unfreezing(start.wiring(), recipe.curriculum().unfreezeEpochs());
    ProgressiveResizing.requireAnySize(recipe, start.architecture(), start.spec());
    int photos = recipe.sampling().order().length(dataset.entries(Split.TRAIN));
    if (photos < recipe.batchSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d training photos do not fill one batch of %d: prepare more photos, or set a smaller batch_size",
              photos,
              recipe.batchSize()));
    }
    if (dataset.entries(Split.VALIDATION).isEmpty()) {
      throw new IllegalArgumentException(
          "There are no validation photos to choose the best epoch by: prepare the data set with --validation above 0");
    }
    classWeights =
        recipe.classWeights().weights(recipe.classWeightsBeta(), dataset.classCounts(Split.TRAIN));
    stepsPerEpoch = photos / recipe.batchSize();
    schedule = recipe.schedule(stepsPerEpoch);
  }

  private static Optional<String> frozenPart(Recipe recipe, Wiring wiring) {
    if (!recipe.transfer().freezes()) {
      return Optional.empty();
    }
    String vertex = wiring.cut(recipe.transfer().freeze());
    if (recipe.mixing().isOn()) {
      throw new IllegalArgumentException(
          "mixup and cutmix mix photos, whose features freeze %s computes one by one: set both to 0"
              .formatted(recipe.transfer().freeze()));
    }
    return Optional.of(vertex);
  }

  private static void requireUse(TrainingCaches caches, boolean frozen) throws IOException {
    if (caches.features().isPresent()) {
      if (!frozen) {
        throw new IllegalArgumentException(
            "There are no features to keep in %s, since all of the network is trained: set freeze"
                .formatted(caches.features().get()));
      }
      CachedFeatures.requirePlace(caches.features().get());
    }
    if (caches.packedPhotos().isPresent() && frozen) {
      throw new IllegalArgumentException(
          "Photos packed in %s would not be used: with freeze they are read once. Keep the features instead"
              .formatted(caches.packedPhotos().get()));
    }
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
    List<String> remarks = new ArrayList<>();
    ProgressiveResizing.remark(recipe).ifPresent(remarks::add);
    List<ManifestEntry> photos = dataset.entries(Split.TRAIN);
    long copies = photos.stream().filter(ManifestEntry::isCopy).count();
    if (recipe.sampling() == Sampling.CLASS_BALANCED && copies > 0) {
      remarks.add(
          "sampling class_balanced draws from the %s different training photos; the data set's %s over-sampled copies are left out"
              .formatted(photos.size() - copies, copies));
    }
    if (recipe.classWeights() != ClassWeighting.NONE && classWeights.areEqual()) {
      remarks.add(
          "class_weights change nothing: all classes have the same number of training photos, %s copies among them; to weigh instead of copying, prepare the data set with --balance none"
              .formatted(copies));
    }
    if (recipe.transfer().featureViews() > 1 && recipe.augmentation() == Augmentation.NONE) {
      remarks.add(
          "feature_views %s with augmentation none are all alike: set an augmentation, or one view"
              .formatted(recipe.transfer().featureViews()));
    }
    if (recipe.transfer().freezes()
        && recipe.transfer().featureViews() == 1
        && recipe.augmentation() != Augmentation.NONE) {
      remarks.add(
          "augmentation %s is not seen: the frozen part computes each photo once, as it is; set feature_views above 1 for it"
              .formatted(recipe.augmentation().name().toLowerCase(Locale.ROOT)));
    }
    return remarks;
  }

  /**
   * Trains to the end of the recipe, or until it stops early.
   *
   * @throws TrainingDivergedException if the loss is no longer a number
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the store cannot be written
   */
  public TrainingResult train(CheckpointStore store, List<TrainingObserver> observers)
      throws IOException {
    return train(store, Optional.empty(), observers);
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
   * @throws TrainingDivergedException if the loss is no longer a number
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if the store is damaged or cannot be written
   */
  public TrainingResult resume(CheckpointStore store, List<TrainingObserver> observers)
      throws IOException {
    return train(store, store.recover(), observers);
  }

  private TrainingResult train(
      CheckpointStore store, Optional<Checkpoint> from, List<TrainingObserver> observers)
      throws IOException {
    ComputationGraph whole =
        TrainingGraph.create(
            start.architecture(),
            start.spec(),
            recipe.optimizer(schedule),
            new SoftmaxCrossEntropy(recipe.labelSmoothing(), classWeights, recipe.focalGamma()),
            recipe.transfer().stageLearningRateDecay(),
            unfreezing.firstEpochs().stream().map(epoch -> epoch * stepsPerEpoch).toList(),
            recipe.seed());
    start.load(whole).ifPresent(report -> observers.forEach(o -> o.loaded(report)));
    if (frozenPart.isEmpty()) {
      try (PhotoMaterial photos =
          new PhotoMaterial(
              whole, dataset, recipe, decoder, preprocessing(), caches.packedPhotos())) {
        if (unfreezing.isOn()) {
          UnfreezingMaterial released = new UnfreezingMaterial(whole, photos, unfreezing);
          return train(released, store, from, graph -> released.keepBest(store), observers);
        }
        return train(photos, store, from, store::saveBest, observers);
      }
    }
    return trainBehind(frozenPart.get(), whole, store, from, observers);
  }

  private TrainingResult trainBehind(
      String vertex,
      ComputationGraph whole,
      CheckpointStore store,
      Optional<Checkpoint> from,
      List<TrainingObserver> observers)
      throws IOException {
    GraphCut cut = new GraphCut(whole, vertex);
    ComputationGraph trained = cut.upper();
    BestParameters best = new BestParameters(store);
    best.values = from.flatMap(Checkpoint::bestPart).map(ComputationGraph::params);
    try (FeatureFile file = FeatureFile.of(caches.features());
        FeatureMaterial features =
            new FeatureMaterial(
                trained,
                features(file.path(), cut.lower(), observers),
                dataset.labels(),
                dataset.entries(Split.TRAIN),
                dataset.entries(Split.VALIDATION),
                recipe)) {
      TrainingResult result = train(features, store, from, best, observers);
      saveBest(cut, trained, best, whole, store);
      return result;
    } catch (IOException | RuntimeException e) {
      try {
        saveBest(cut, trained, best, whole, store); // an error in a later epoch leaves the best one
      } catch (IOException | RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /** Once, at the end: a whole network takes longer to write than an epoch of its head. */
  private static void saveBest(
      GraphCut cut,
      ComputationGraph trained,
      BestParameters best,
      ComputationGraph whole,
      CheckpointStore store)
      throws IOException {
    if (best.values.isPresent()) {
      trained.setParams(best.values.get());
      cut.restore(trained);
      best.values = Optional.empty();
      store.saveBest(whole);
    }
  }

  private CachedFeatures features(
      Path file, ComputationGraph frozen, List<TrainingObserver> observers) throws IOException {
    List<ManifestEntry> photos = new ArrayList<>(dataset.entries(Split.TRAIN));
    photos.addAll(dataset.entries(Split.VALIDATION));
    return CachedFeatures.of(
        file,
        frozen,
        dataset,
        photos,
        new FeatureViews(
            preprocessing(),
            recipe.augmentation(),
            recipe.transfer().featureViews(),
            recipe.seed()),
        decoder,
        (done, total) -> observers.forEach(o -> o.features(done, total)));
  }

  /** What keeps the best epoch. */
  private interface BestKeeper {
    void keep(ComputationGraph graph) throws IOException;
  }

  /** In memory, and in the store for a training that is resumed. */
  private static final class BestParameters implements BestKeeper {
    private final CheckpointStore store;
    private Optional<INDArray> values = Optional.empty();

    private BestParameters(CheckpointStore store) {
      this.store = store;
    }

    @Override
    public void keep(ComputationGraph graph) throws IOException {
      values = Optional.of(graph.params().dup());
      store.saveBestPart(graph);
    }
  }

  private TrainingResult train(
      TrainingMaterial material,
      CheckpointStore store,
      Optional<Checkpoint> from,
      BestKeeper keeper,
      List<TrainingObserver> observers)
      throws IOException {
    // what the checkpoint was of
    material.startEpoch(from.map(checkpoint -> checkpoint.epochs().size() - 1).orElse(0));
    ComputationGraph first = material.graph();
    observers.forEach(o -> o.started(first, recipe.epochs(), stepsPerEpoch));
    EarlyStopping stopping =
        new EarlyStopping(
            recipe.earlyStoppingPatience(),
            recipe.earlyStoppingMinChange(),
            recipe.curriculumEpochs());
    List<EpochMetrics> epochs = new ArrayList<>();
    if (from.isPresent()) {
      Checkpoint checkpoint = from.get();
      checkpoint.restore(first);
      epochs.addAll(checkpoint.epochs());
      boolean best = false;
      for (EpochMetrics metrics : epochs) {
        best = stopping.improves(metrics);
      }
      if (best) {
        keeper.keep(first); // the interruption may have come before
      }
      observers.forEach(o -> o.resumed(checkpoint.epochs()));
    }
    for (int epoch = epochs.size() + 1;
        epoch <= recipe.epochs() && !stopping.ends(epoch - 1);
        epoch++) {
      startEpoch(material, epoch, observers);
      EpochMetrics metrics = epoch(material, epoch, observers);
      epochs.add(metrics);
      store.append(metrics);
      store.saveLast(material.graph());
      boolean best = stopping.improves(metrics);
      if (best) {
        keeper.keep(material.graph());
      }
      observers.forEach(o -> o.epoch(metrics, best));
    }
    return new TrainingResult(epochs, stopping.best().epoch(), epochs.size() < recipe.epochs());
  }

  private void startEpoch(TrainingMaterial material, int epoch, List<TrainingObserver> observers) {
    ComputationGraph before = material.graph();
    material.startEpoch(epoch - 1);
    ProgressiveResizing.change(recipe, epoch - 1)
        .ifPresent(change -> observers.forEach(o -> o.curriculum(epoch, change)));
    unfreezing
        .change(epoch - 1)
        .ifPresent(change -> observers.forEach(o -> o.curriculum(epoch, change)));
    if (material.graph() != before) {
      observers.forEach(o -> o.released(material.graph()));
    }
  }

  private EpochMetrics epoch(
      TrainingMaterial material, int epoch, List<TrainingObserver> observers) {
    ComputationGraph graph = material.graph();
    long begin = System.nanoTime();
    double sum = 0;
    int steps = 0;
    while (material.hasNext()) {
      Nd4j.getRandom().setSeed(StepSeed.of(recipe.seed(), graph.getIterationCount()));
      graph.fit(material.next());
      double loss = graph.score();
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(epoch, steps + 1, loss);
      }
      sum += loss;
      steps++;
      int step = steps;
      observers.forEach(o -> o.step(epoch, step, loss));
    }
    graph.incrementEpochCount(); // DL4J does so only where it runs the epoch itself
    double trainSeconds = (System.nanoTime() - begin) / 1e9;
    Scores scores = material.validate();
    observers.forEach(o -> o.validated(epoch, scores));
    Evaluation validation = Evaluation.of(scores, Split.VALIDATION.key(), 1);
    return new EpochMetrics(
        epoch,
        sum / steps,
        validation.loss(),
        validation.top1(),
        schedule.valueAt(epoch * steps - 1, epoch),
        (System.nanoTime() - begin) / 1e9,
        steps * recipe.batchSize() / trainSeconds,
        recipe.inputSize(epoch - 1));
  }
}
