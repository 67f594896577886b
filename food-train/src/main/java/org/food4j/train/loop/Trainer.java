package org.food4j.train.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoDataSetIterator;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.ClassWeights;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.graph.GraphClassifier;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Scorer;
import org.food4j.train.loss.SoftmaxCrossEntropy;
import org.food4j.train.optimizer.AdamW;
import org.food4j.train.recipe.ClassWeighting;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.Sampling;
import org.food4j.train.schedule.CosineSchedule;

/**
 * Trains a network on a data set's training photos and keeps the epoch that does best on its
 * validation photos. Not thread-safe.
 */
public final class Trainer {
  private final Dataset dataset;
  private final Recipe recipe;
  private final PhotoDecoder decoder;
  private final Optional<Path> packedPhotos;
  private final Preprocessing preprocessing;
  private final Architecture architecture;
  private final ClassWeights classWeights;
  private final int stepsPerEpoch;
  private final CosineSchedule schedule;

  /**
   * @param dataset has at least a batch of training photos, and validation photos
   * @throws IllegalArgumentException if it has not, the recipe names no known model, or its warm-up
   *     leaves no step to train after it
   */
  public Trainer(Dataset dataset, Recipe recipe, PhotoDecoder decoder) {
    this(dataset, recipe, decoder, Optional.empty());
  }

  /**
   * @param dataset has at least a batch of training photos, and validation photos
   * @param packedPhotos a file to keep decoded training photos in, {@link
   *     BatchSettings#packedPhotos()}
   * @throws IllegalArgumentException as for {@link #Trainer(Dataset, Recipe, PhotoDecoder)}
   */
  public Trainer(
      Dataset dataset, Recipe recipe, PhotoDecoder decoder, Optional<Path> packedPhotos) {
    this.dataset = dataset;
    this.packedPhotos = packedPhotos;
    this.recipe = recipe;
    this.decoder = decoder;
    architecture = Architectures.named(recipe.model());
    preprocessing = Preprocessing.imagenet(recipe.inputSize());
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
    schedule = schedule(recipe, stepsPerEpoch);
  }

  private static CosineSchedule schedule(Recipe recipe, int stepsPerEpoch) {
    long total = (long) recipe.epochs() * stepsPerEpoch;
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s epochs of %s steps are more than %s steps: set fewer epochs"
              .formatted(recipe.epochs(), stepsPerEpoch, Integer.MAX_VALUE));
    }
    long warmUp = Math.round(recipe.warmUpEpochs() * stepsPerEpoch);
    if (warmUp >= total) {
      throw new IllegalArgumentException(
          "warm_up_epochs %s rounds to all %s steps of the training: set a lower warm_up_epochs, or more epochs"
              .formatted(recipe.warmUpEpochs(), total));
    }
    return new CosineSchedule(recipe.learningRate(), 0, (int) warmUp, (int) total);
  }

  /** What photos pass through on their way to the network, outside training's augmentation. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /**
   * What the recipe's balancing does to a data set that has been balanced before, in sentences for
   * people; empty if there is nothing to say.
   */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
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
    ComputationGraph graph =
        TrainingGraph.create(
            architecture,
            recipe.spec(dataset.labels().size()),
            new AdamW(schedule, recipe.weightDecay()),
            new SoftmaxCrossEntropy(recipe.labelSmoothing(), classWeights),
            recipe.seed());
    observers.forEach(o -> o.started(graph, recipe.epochs(), stepsPerEpoch));
    EarlyStopping stopping =
        new EarlyStopping(recipe.earlyStoppingPatience(), recipe.earlyStoppingMinChange());
    List<EpochMetrics> epochs = new ArrayList<>();
    try (PhotoBatchReader reader = trainingPhotos()) {
      PhotoDataSetIterator batches = new PhotoDataSetIterator(reader);
      for (int epoch = 1; epoch <= recipe.epochs() && !stopping.ends(epoch - 1); epoch++) {
        reader.startEpoch(epoch - 1);
        EpochMetrics metrics = epoch(graph, batches, epoch, observers);
        epochs.add(metrics);
        boolean best = stopping.improves(metrics);
        if (best) {
          store.saveBest(graph);
        }
        store.saveLast(graph);
        store.append(metrics);
        observers.forEach(o -> o.epoch(metrics, best));
      }
    }
    return new TrainingResult(epochs, stopping.best().epoch(), epochs.size() < recipe.epochs());
  }

  private PhotoBatchReader trainingPhotos() {
    BatchSettings settings =
        BatchSettings.training(
                preprocessing, recipe.augmentation(), recipe.batchSize(), recipe.seed())
            .withMixing(recipe.mixing())
            .withOrder(recipe.sampling().order());
    return new PhotoBatchReader(
        dataset,
        dataset.entries(Split.TRAIN),
        decoder,
        packedPhotos.map(settings::withPackedPhotos).orElse(settings));
  }

  private EpochMetrics epoch(
      ComputationGraph graph,
      PhotoDataSetIterator batches,
      int epoch,
      List<TrainingObserver> observers) {
    long start = System.nanoTime();
    double sum = 0;
    int steps = 0;
    while (batches.hasNext()) {
      graph.fit(batches.next());
      double loss = graph.score();
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(epoch, steps + 1, loss);
      }
      sum += loss;
      steps++;
      int step = steps;
      observers.forEach(o -> o.step(epoch, step, loss));
    }
    double trainSeconds = (System.nanoTime() - start) / 1e9;
    Evaluation validation = validate(graph);
    return new EpochMetrics(
        epoch,
        sum / steps,
        validation.loss(),
        validation.top1(),
        schedule.valueAt(epoch * steps - 1, epoch),
        (System.nanoTime() - start) / 1e9,
        steps * recipe.batchSize() / trainSeconds);
  }

  private Evaluation validate(ComputationGraph graph) {
    List<ManifestEntry> photos = dataset.entries(Split.VALIDATION);
    try (GraphClassifier classifier = new GraphClassifier(graph, recipe.inputSize())) {
      return Evaluation.of(
          new Scorer(decoder)
              .score(classifier, dataset.labels(), preprocessing, dataset, photos, Progress.NONE),
          Split.VALIDATION.key(),
          1);
    }
  }
}
