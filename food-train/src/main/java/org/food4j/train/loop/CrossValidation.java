package org.food4j.train.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.split.StratifiedFolds;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a recipe several times, each time without one part of the photos, and judges it by that
 * part (Stone 1974, "Cross-validatory choice and assessment of statistical predictions"). All
 * splits of a data set take part, over-sampled copies do not.
 *
 * <p>The last epoch is judged, not the best: a fold that chose the epoch could not judge it.
 */
public final class CrossValidation {
  private final Dataset dataset;
  private final Recipe recipe;
  private final PhotoDecoder decoder;
  private final TrainingCaches caches;
  private final List<List<ManifestEntry>> folds;

  /**
   * @param folds at least 2; photos that look alike share one
   * @throws IllegalArgumentException if a class has fewer photos than there are folds, or the
   *     recipe stops early
   * @throws IOException if the data set's list of near duplicates cannot be read
   */
  public CrossValidation(
      Dataset dataset, Recipe recipe, PhotoDecoder decoder, TrainingCaches caches, int folds)
      throws IOException {
    if (recipe.earlyStoppingPatience() > 0) {
      throw new IllegalArgumentException(
          "Cross-validation judges the last epoch: set early_stopping_patience to 0, not "
              + recipe.earlyStoppingPatience());
    }
    this.dataset = dataset;
    this.recipe = recipe;
    this.decoder = decoder;
    this.caches = caches;
    List<ManifestEntry> photos = dataset.entries().stream().filter(e -> !e.isCopy()).toList();
    this.folds =
        StratifiedFolds.of(photos, dataset.labels(), dataset.lookAlikes(), folds, recipe.seed());
  }

  /**
   * What came out of one fold.
   *
   * @param photos that it was judged by
   * @param correct whose label scored highest
   * @param seconds that training took, without the frozen part's features
   */
  public record Fold(int photos, int correct, double seconds) {
    /** Share of the photos whose label scored highest. */
    public double top1() {
      return (double) correct / photos;
    }
  }

  /**
   * All folds.
   *
   * @param scores of all photos, each by the last epoch of the training that it took no part in,
   *     fold after fold
   * @param network facts of where the network comes from, as {@link Trainer#provenance}
   */
  public record Result(List<Fold> folds, Scores scores, Map<String, String> network) {
    /** Copies the list and the map. */
    public Result {
      folds = List.copyOf(folds);
      network = Map.copyOf(network);
    }

    /** Number of photos, each judged once. */
    public int photos() {
      return folds.stream().mapToInt(Fold::photos).sum();
    }

    /** Share of all photos whose label scored highest. */
    public double top1() {
      return (double) correct() / photos();
    }

    /** The 95 % Wilson interval of {@link #top1}. */
    public Interval top1Interval() {
      return Interval.wilson(correct(), photos());
    }

    private int correct() {
      return folds.stream().mapToInt(Fold::correct).sum();
    }
  }

  /**
   * Trains and judges fold after fold.
   *
   * @throws IOException if weights or features cannot be read or written
   */
  public Result run(List<TrainingObserver> observers) throws IOException {
    List<Fold> results = new ArrayList<>();
    HeldOutScores scores = new HeldOutScores(dataset.labels());
    // one file for all folds: their frozen part makes the same of the same photos
    try (FeatureFile features = FeatureFile.of(caches.features())) {
      TrainingCaches shared =
          recipe.transfer().freezes()
              ? new TrainingCaches(caches.packedPhotos(), Optional.of(features.path()))
              : caches;
      for (List<ManifestEntry> heldOut : folds) {
        results.add(fold(heldOut, shared, observers, scores));
      }
    }
    return new Result(results, scores.all(), scores.network);
  }

  private Fold fold(
      List<ManifestEntry> heldOut,
      TrainingCaches shared,
      List<TrainingObserver> observers,
      HeldOutScores scores)
      throws IOException {
    Trainer trainer = new Trainer(parts(heldOut), recipe, decoder, shared);
    int number = folds.indexOf(heldOut) + 1;
    observers.forEach(o -> o.fold(number, folds.size(), trainer.remarks()));
    List<TrainingObserver> all = new ArrayList<>(observers);
    all.add(scores);
    TrainingResult training = trainer.train(new Nowhere(), all);
    scores.endFold(trainer.provenance());
    EpochMetrics last = training.epochs().get(training.epochs().size() - 1);
    return new Fold(
        heldOut.size(),
        (int) Math.round(last.validationTop1() * heldOut.size()),
        training.epochs().stream().mapToDouble(EpochMetrics::seconds).sum());
  }

  /** All photos, those of a fold for validation. */
  private Dataset parts(List<ManifestEntry> heldOut) {
    List<ManifestEntry> entries =
        folds.stream()
            .flatMap(
                fold ->
                    fold.stream()
                        .map(e -> e.withSplit(fold == heldOut ? Split.VALIDATION : Split.TRAIN)))
            .toList();
    return new Dataset(
        dataset.directory(), dataset.photoRoot(), dataset.labels(), entries, dataset.fingerprint());
  }

  /** Keeps the scores of each fold's last epoch. */
  private static final class HeldOutScores implements TrainingObserver {
    private final Labels labels;
    private final List<Scores> folds = new ArrayList<>();
    private Optional<Scores> latest = Optional.empty();
    private Map<String, String> network = Map.of();

    HeldOutScores(Labels labels) {
      this.labels = labels;
    }

    @Override
    public void validated(int epoch, Scores scores) {
      latest = Optional.of(scores);
    }

    void endFold(Map<String, String> from) {
      network = from;
      folds.add(latest.orElseThrow());
      latest = Optional.empty();
    }

    Scores all() {
      List<ManifestEntry> entries = folds.stream().flatMap(f -> f.entries().stream()).toList();
      float[] logits = new float[entries.size() * labels.size()];
      int done = 0;
      for (Scores fold : folds) {
        System.arraycopy(fold.logits(), 0, logits, done, fold.logits().length);
        done += fold.logits().length;
      }
      return new Scores(labels, entries, logits);
    }
  }

  /** Keeps nothing. */
  private static final class Nowhere implements CheckpointStore {
    @Override
    public void saveLast(ComputationGraph graph, Optional<INDArray> average) {}

    @Override
    public void saveBest(ComputationGraph graph) {}

    @Override
    public void append(EpochMetrics metrics) {}
  }
}
