package org.food4j.data.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param maxShorterSide decoded photos whose shorter side is longer are shrunk to it before the
 *     transform, cached or not, in pixels; {@link #AS_DECODED} for never. Only for a random
 *     transform: evaluation sees the pixels that the preprocessing defines
 * @param cacheBytes memory for photos kept between epochs, at least 0: decoded and shrunk ones, or
 *     the final pixels where the transform is not random. First come, first kept
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
    long cacheBytes) {
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
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Batch settings: " + String.join("; ", problems));
    }
  }

  /**
   * Shuffled, augmented, whole batches only; photos shrunk to {@link #DEFAULT_SHRINK} input sizes
   * where the augmentation is random, cached in up to {@link #DEFAULT_CACHE_SHARE} of the heap; a
   * worker per processor.
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
        (long) (DEFAULT_CACHE_SHARE * Runtime.getRuntime().maxMemory()));
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
        0);
  }

  /** The same with transforms of one's own. */
  public BatchSettings withTransform(PhotoTransform transform) {
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        order,
        dropLast,
        seed,
        workers,
        prefetch,
        maxShorterSide,
        cacheBytes);
  }

  /** The same with other photos per epoch, or in another order. */
  public BatchSettings withOrder(EpochOrder order) {
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        order,
        dropLast,
        seed,
        workers,
        prefetch,
        maxShorterSide,
        cacheBytes);
  }

  /** The same with a last batch that is kept, or not. */
  public BatchSettings withDropLast(boolean dropLast) {
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        order,
        dropLast,
        seed,
        workers,
        prefetch,
        maxShorterSide,
        cacheBytes);
  }

  /** The same with another number of threads and of batches made ahead. */
  public BatchSettings withWorkers(int workers, int prefetch) {
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        order,
        dropLast,
        seed,
        workers,
        prefetch,
        maxShorterSide,
        cacheBytes);
  }

  /** The same with another cache; {@code maxShorterSide} decides how much a photo takes. */
  public BatchSettings withCache(int maxShorterSide, long cacheBytes) {
    return new BatchSettings(
        preprocessing,
        transform,
        batchSize,
        order,
        dropLast,
        seed,
        workers,
        prefetch,
        maxShorterSide,
        cacheBytes);
  }
}
