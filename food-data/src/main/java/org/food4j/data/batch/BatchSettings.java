package org.food4j.data.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.PhotoTransform;

/**
 * How photos become batches. Start from {@link #training} or {@link #evaluation}.
 *
 * @param preprocessing input size, filter and normalisation
 * @param transform from a decoded photo to {@code inputSize} x {@code inputSize} pixels, {@link
 *     Augmentation#transform} or one's own
 * @param batchSize photos per batch, at least 1
 * @param order which photos an epoch reads, in what order
 * @param dropLast whether a last batch with fewer photos is left out
 * @param seed of the order and of the augmentation
 * @param workers threads that decode and augment, at least 1; no influence on the batches
 * @param prefetch batches made ahead while the consumer is busy, at least 0
 * @param maxShorterSide how much detail of a photo a random transform gets, in pixels of the
 *     shorter side; {@link #AS_DECODED} for all. Decoders need not give more, and photos are shrunk
 *     to it before the transform, cached or not. Evaluation sees the pixels that the preprocessing
 *     defines
 * @param cacheBytes memory for photos kept between epochs, at least 0: decoded and shrunk ones, or
 *     the final pixels where they are the same in every epoch. First come, first kept
 * @param packedPhotos a file that keeps decoded photos from one run to the next, for data sets that
 *     memory does not hold: made when it is missing or of other photos or settings, which takes as
 *     long as reading every photo once. Holds what a cache would
 * @param mixing of the photos and labels of a batch; for training only
 * @param epochInputs what photos become in each epoch, if not in all what {@code preprocessing} and
 *     {@code transform} make of them, which are those of the largest input then
 */
public record BatchSettings(
    Preprocessing preprocessing,
    PhotoTransform transform,
    int batchSize,
    EpochOrder order,
    boolean dropLast,
    long seed,
    int workers,
    int prefetch,
    int maxShorterSide,
    long cacheBytes,
    Optional<Path> packedPhotos,
    Mixing mixing,
    Optional<EpochInputs> epochInputs) {
  /** A {@link #maxShorterSide} that shrinks nothing. */
  public static final int AS_DECODED = Integer.MAX_VALUE;

  /** Batches made ahead unless said otherwise. */
  public static final int DEFAULT_PREFETCH = 2;

  /** Shorter side of training's photos in input sizes: so the standard crop is never enlarged. */
  public static final double DEFAULT_SHRINK = 2;

  /** Share of the largest heap that training's cache may take. */
  public static final double DEFAULT_CACHE_SHARE = 0.25;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if any is outside its range; the message lists all of them
   */
  public BatchSettings {
    List<String> problems = new ArrayList<>();
    if (batchSize < 1) {
      problems.add("a batch holds at least 1 photo, not " + batchSize);
    }
    if (workers < 1) {
      problems.add("at least 1 worker is needed, not " + workers);
    }
    if (prefetch < 0) {
      problems.add("at least 0 batches are made ahead, not " + prefetch);
    }
    if (maxShorterSide < preprocessing.inputSize()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "photos are not shrunk (%d px) below the input's size (%d px)",
              maxShorterSide,
              preprocessing.inputSize()));
    }
    if (maxShorterSide != AS_DECODED && !transform.isRandom()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "without augmentation photos are not shrunk (%d px) before the preprocessing: use AS_DECODED",
              maxShorterSide));
    }
    if (cacheBytes < 0) {
      problems.add("the cache takes at least 0 bytes, not " + cacheBytes);
    }
    if (packedPhotos.isPresent()
        && !transform.isRandom()
        && !transform.equals(Augmentation.NONE.transform(preprocessing))) {
      problems.add("photos are packed for random transforms or for evaluation's crop");
    }
    if (mixing.isOn() && order == EpochOrder.AS_GIVEN) {
      problems.add("photos are mixed for training alone, which shuffles them");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Batch settings: " + String.join("; ", problems));
    }
  }

  /**
   * Shuffled, augmented, whole batches only, not mixed; photos shrunk to {@link #DEFAULT_SHRINK}
   * input sizes where the augmentation is random, cached in up to {@link #DEFAULT_CACHE_SHARE} of
   * the heap; a worker per processor.
   */
  public static BatchSettings training(
      Preprocessing preprocessing, Augmentation augmentation, int batchSize, long seed) {
    PhotoTransform transform = augmentation.transform(preprocessing);
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        EpochOrder.SHUFFLED,
        true,
        seed,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_PREFETCH,
        transform.isRandom() ? (int) (DEFAULT_SHRINK * preprocessing.inputSize()) : AS_DECODED,
        (long) (DEFAULT_CACHE_SHARE * Runtime.getRuntime().maxMemory()),
        Optional.empty(),
        Mixing.NONE,
        Optional.empty());
  }

  /** Every photo once, in order, exactly as {@link Preprocessing#apply} gives it; no cache. */
  public static BatchSettings evaluation(Preprocessing preprocessing, int batchSize) {
    return new BatchSettings(
        preprocessing,
        Augmentation.NONE.transform(preprocessing),
        batchSize,
        EpochOrder.AS_GIVEN,
        false,
        0,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_PREFETCH,
        AS_DECODED,
        0,
        Optional.empty(),
        Mixing.NONE,
        Optional.empty());
  }

  /**
   * What photos become in an epoch.
   *
   * @param epoch from 0
   */
  public EpochInput input(int epoch) {
    return epochInputs.isPresent()
        ? epochInputs.get().of(epoch)
        : new EpochInput(preprocessing, transform);
  }

  /** Whether a photo's final pixels are the same in every epoch. */
  boolean isFinalForGood() {
    return !transform.isRandom() && epochInputs.isEmpty();
  }

  /** Whether photos of the preprocessing's size are made into input exactly as for evaluation. */
  boolean asEvaluated() {
    return new EpochInput(preprocessing, transform).asEvaluated();
  }

  /**
   * The same with transforms of one's own.
   *
   * @throws IllegalStateException if the inputs of an epoch have transforms of their own
   */
  public BatchSettings withTransform(PhotoTransform transform) {
    if (epochInputs.isPresent()) {
      throw new IllegalStateException(
          "Inputs of different sizes have their transforms from withInputSizes: give it the other one");
    }
    Draft draft = new Draft(this);
    draft.transform = transform;
    return draft.settings();
  }

  /** The same with other photos per epoch, or in another order. */
  public BatchSettings withOrder(EpochOrder order) {
    Draft draft = new Draft(this);
    draft.order = order;
    return draft.settings();
  }

  /** The same with a last batch that is kept, or not. */
  public BatchSettings withDropLast(boolean dropLast) {
    Draft draft = new Draft(this);
    draft.dropLast = dropLast;
    return draft.settings();
  }

  /** The same with another number of threads and of batches made ahead. */
  public BatchSettings withWorkers(int workers, int prefetch) {
    Draft draft = new Draft(this);
    draft.workers = workers;
    draft.prefetch = prefetch;
    return draft.settings();
  }

  /** The same with another cache; {@code maxShorterSide} decides how much a photo takes. */
  public BatchSettings withCache(int maxShorterSide, long cacheBytes) {
    Draft draft = new Draft(this);
    draft.maxShorterSide = maxShorterSide;
    draft.cacheBytes = cacheBytes;
    return draft.settings();
  }

  /**
   * The same for one of several readers that read at the same time in this process: each has its
   * part of the threads, at least one, and of the cache.
   *
   * @param readers at least 1
   */
  public BatchSettings sharedBy(int readers) {
    if (readers < 1) {
      throw new IllegalArgumentException("At least 1 reader shares, not " + readers);
    }
    Draft draft = new Draft(this);
    draft.workers = Math.max(1, workers / readers);
    draft.cacheBytes = cacheBytes / readers;
    return draft.settings();
  }

  /** The same with decoded photos kept in a file. */
  public BatchSettings withPackedPhotos(Path file) {
    Draft draft = new Draft(this);
    draft.packedPhotos = Optional.of(file);
    return draft.settings();
  }

  /** The same with batches whose photos are mixed, or not. */
  public BatchSettings withMixing(Mixing mixing) {
    Draft draft = new Draft(this);
    draft.mixing = mixing;
    return draft.settings();
  }

  /**
   * The same with inputs of another size in each epoch, which these transforms make from now on;
   * cached photos stay those of the largest.
   *
   * @param sizes in pixels, by epoch from 0; at most {@code preprocessing}'s
   * @param transforms onto the size of a preprocessing, {@code Augmentation.STANDARD::transform}
   */
  public BatchSettings withInputSizes(
      IntUnaryOperator sizes, Function<Preprocessing, PhotoTransform> transforms) {
    Draft draft = new Draft(this);
    draft.epochInputs = Optional.of(EpochInputs.ofSizes(preprocessing, sizes, transforms));
    return draft.settings();
  }

  /** A copy that can be changed. */
  private static final class Draft {
    private final BatchSettings from;
    private PhotoTransform transform;
    private EpochOrder order;
    private boolean dropLast;
    private int workers;
    private int prefetch;
    private int maxShorterSide;
    private long cacheBytes;
    private Optional<Path> packedPhotos;
    private Mixing mixing;
    private Optional<EpochInputs> epochInputs;

    Draft(BatchSettings from) {
      this.from = from;
      this.transform = from.transform;
      this.order = from.order;
      this.dropLast = from.dropLast;
      this.workers = from.workers;
      this.prefetch = from.prefetch;
      this.maxShorterSide = from.maxShorterSide;
      this.cacheBytes = from.cacheBytes;
      this.packedPhotos = from.packedPhotos;
      this.mixing = from.mixing;
      this.epochInputs = from.epochInputs;
    }

    BatchSettings settings() {
      return new BatchSettings(
          from.preprocessing,
          transform,
          from.batchSize,
          order,
          dropLast,
          from.seed,
          workers,
          prefetch,
          maxShorterSide,
          cacheBytes,
          packedPhotos,
          mixing,
          epochInputs);
    }
  }
}
