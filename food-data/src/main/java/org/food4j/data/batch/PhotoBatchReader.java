package org.food4j.data.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.PhotoDecoder;

/**
 * Reads batches of photos, epoch after epoch, with worker threads that stay a bounded number of
 * batches ahead of the consumer.
 *
 * <p>A batch depends on the entries, the settings and the epoch alone: each photo has its own
 * random stream, from seed, epoch and id, and its own place, and each batch one from seed, epoch
 * and its number. Batches are taken by one thread at a time; {@link #close()} may come from any.
 * Workers start with the first batch taken, are daemons, and end when they have been idle for a
 * while.
 */
public final class PhotoBatchReader implements Iterator<PhotoBatch>, AutoCloseable {
  private static final int IDLE_SECONDS = 10;
  private static final String CLOSED = "This reader of photos has been closed";

  private final Dataset dataset;
  private final List<ManifestEntry> entries;
  private final BatchSettings settings;
  private final int length;
  private final PhotoPipeline pipeline;
  private final ThreadPoolExecutor workers;
  private final Deque<Pending> ahead = new ArrayDeque<>();
  private final Queue<float[]> spare = new ArrayDeque<>();

  /** Weakly, because whoever keeps batches keeps them without this reader's help. */
  private final Set<PhotoBatch> handedOut = Collections.newSetFromMap(new WeakHashMap<>());

  private List<ManifestEntry> order = List.of();
  private BatchShare share = BatchShare.ALL;
  private int epoch;
  private EpochInput epochInput;
  private int started;
  private int taken;

  /**
   * @param dataset where the photos and the labels are
   * @param entries the photos to read, usually those of a split; at least one, or with {@code
   *     dropLast} at least a batch
   * @param decoder used by all workers at once
   * @param settings how
   * @throws IllegalArgumentException if there are too few photos for a batch, or a label that the
   *     data set does not have
   * @throws UncheckedIOException if the settings ask for packed photos and these cannot be made or
   *     read
   */
  public PhotoBatchReader(
      Dataset dataset, List<ManifestEntry> entries, PhotoDecoder decoder, BatchSettings settings) {
    this.dataset = dataset;
    this.entries = List.copyOf(entries);
    this.settings = settings;
    epochInput = settings.input(0);
    length = settings.order().length(entries);
    int least = settings.dropLast() ? settings.batchSize() : 1;
    if (length < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d photos do not fill a batch of %d: use a smaller batch, or more photos",
              length,
              least));
    }
    List<String> unknown =
        entries.stream()
            .filter(entry -> entry.label() >= dataset.labels().size())
            .map(entry -> entry.path() + ": " + entry.label())
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The data set has %d labels, from index 0; these photos have others: %s",
              dataset.labels().size(),
              unknown));
    }
    try {
      pipeline = new PhotoPipeline(dataset, this.entries, decoder, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("The photos cannot be packed: " + e.getMessage(), e);
    }
    workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            PhotoBatchReader::worker,
            (task, pool) -> {
              throw new IllegalStateException(CLOSED);
            });
    workers.allowCoreThreadTimeOut(true);
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "photo-reader");
    thread.setDaemon(true);
    return thread;
  }

  /** The classes, in the order of the labels' indexes. */
  public Labels labels() {
    return dataset.labels();
  }

  /** The settings given. */
  public BatchSettings settings() {
    return settings;
  }

  /** Number of batches in every epoch, at least 1. */
  public int batches() {
    int size = settings.batchSize();
    return (settings.dropLast() ? length : length + size - 1) / size;
  }

  /** The epoch being read, from 0. */
  public int epoch() {
    return epoch;
  }

  /** Height and width in pixels of this epoch's photos. */
  public int inputSize() {
    return epochInput.size();
  }

  /** Number of batches taken of this epoch. */
  public int taken() {
    return taken;
  }

  /**
   * Goes to the start of an epoch, from wherever the reader is.
   *
   * @param epoch at least 0
   */
  public void startEpoch(int epoch) {
    startEpoch(epoch, BatchShare.ALL);
  }

  /**
   * Goes into an epoch of which other readers read the other batches.
   *
   * @param epoch at least 0
   * @param share of this reader; the batches are the same that a reader of all would give
   */
  public void startEpoch(int epoch, BatchShare share) {
    if (epoch < 0) {
      throw new IllegalArgumentException("Epochs count from 0, not " + epoch);
    }
    ahead.forEach(Pending::cancel);
    ahead.clear();
    this.epoch = epoch;
    this.share = share;
    epochInput = settings.input(epoch);
    started = 0;
    taken = 0;
  }

  /** Whether this epoch, or the reader's share of it, has batches left. */
  @Override
  public boolean hasNext() {
    return taken < share.left(batches());
  }

  /**
   * Takes the next batch, waiting for it if need be.
   *
   * @return owned by the caller, who may give it back: {@link #recycle}
   * @throws NoSuchElementException at the end of the epoch
   * @throws PhotoReadException if a photo of this batch cannot be read; the batches after it still
   *     can be taken
   * @throws IllegalStateException if the reader is closed, the thread is interrupted while it waits
   *     (it stays interrupted), or a photo's transform fails
   */
  @Override
  public PhotoBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          String.format(
              Locale.ROOT,
              "Epoch %d has %d batches, all taken: start another",
              epoch,
              share.left(batches())));
    }
    while (started < share.left(batches()) && ahead.size() <= settings.prefetch()) {
      ahead.add(start(started++));
    }
    // Interrupted, it stays the next one; broken, it is passed over.
    Pending pending = ahead.element();
    try {
      for (Future<?> photo : pending.photos()) {
        awaitEnd(photo);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for photos", e);
    }
    taken++;
    ahead.remove();
    for (int n = 0; n < pending.photos().size(); n++) {
      requireRead(pending.photos().get(n), dataset.photo(pending.entries().get(n)));
    }
    PhotoBatch batch = new PhotoBatch(pending.input(), pending.labels(), pending.entries());
    handedOut.add(batch);
    return batch;
  }

  private Pending start(int number) {
    int batch = share.number(number);
    if (number == 0) {
      order = settings.order().of(entries, settings.seed(), epoch);
    }
    int from = batch * settings.batchSize();
    List<ManifestEntry> part =
        order.subList(from, Math.min(order.size(), from + settings.batchSize()));
    EpochInput made = epochInput;
    int length = made.preprocessing().inputLength();
    float[] input = input(Math.multiplyExact(part.size(), length));
    float[] labels = oneHot(part);
    int epoch = this.epoch;
    AtomicInteger unread = new AtomicInteger(part.size());
    List<Future<?>> photos = new ArrayList<>();
    for (ManifestEntry entry : part) {
      int offset = photos.size() * length;
      photos.add(
          workers.submit(
              () -> {
                pipeline.read(entry, epoch, made, input, offset);
                if (unread.decrementAndGet() == 0) {
                  mix(input, labels, part.size(), made.size(), epoch, batch);
                }
                return entry;
              }));
    }
    return new Pending(input, labels, part, photos);
  }

  private float[] oneHot(List<ManifestEntry> photos) {
    int classes = dataset.labels().size();
    float[] labels = new float[Math.multiplyExact(photos.size(), classes)];
    for (int n = 0; n < photos.size(); n++) {
      labels[n * classes + photos.get(n).label()] = 1;
    }
    return labels;
  }

  private void mix(float[] input, float[] labels, int photos, int size, int epoch, int batch) {
    settings
        .mixing()
        .apply(input, labels, photos, size, RandomStreams.batch(settings.seed(), epoch, batch));
  }

  private float[] input(int length) {
    float[] used = spare.poll();
    return used != null && used.length == length ? used : new float[length];
  }

  /**
   * Takes a batch's array back, which then holds a later batch. Saves an array per batch, which is
   * large enough for the time of clearing it to count; whoever keeps batches need not call this.
   *
   * @param batch not used any more
   * @throws IllegalArgumentException if the batch is not this reader's, or was given back before
   */
  public void recycle(PhotoBatch batch) {
    if (!handedOut.remove(batch)) {
      throw new IllegalArgumentException(
          "A batch is given back once, to the reader that it came from");
    }
    if (spare.size() <= settings.prefetch()) {
      spare.add(batch.input());
    }
  }

  /** Waits until a photo is read, or not to be read. */
  private static void awaitEnd(Future<?> photo) throws InterruptedException {
    try {
      photo.get();
    } catch (ExecutionException | CancellationException e) {
      // Told by requireRead, once all photos of the batch have ended.
      return;
    }
  }

  private void requireRead(Future<?> photo, Path file) {
    try {
      photo.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted after waiting for " + file, e);
    } catch (CancellationException e) {
      throw new IllegalStateException(CLOSED, e);
    } catch (ExecutionException e) {
      if (workers.isShutdown()) {
        throw new IllegalStateException(CLOSED, e);
      }
      if (e.getCause() instanceof IOException cause) {
        throw new PhotoReadException(file, cause);
      }
      throw new IllegalStateException(
          "Decoding or transforming %s failed: %s".formatted(file, e.getCause()), e.getCause());
    }
  }

  /**
   * Stops the workers and waits until each has put down the photo in its hands. A thread that waits
   * in {@link #next()} gets an IllegalStateException. Repeated calls do nothing.
   */
  @Override
  public void close() {
    for (Runnable unstarted : workers.shutdownNow()) {
      ((Future<?>) unstarted).cancel(false);
    }
    try {
      workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closePipeline();
    }
  }

  private void closePipeline() {
    try {
      pipeline.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The packed photos could not be closed", e);
    }
  }

  /** A batch in the making: each photo's task writes its part of the input, the last one mixes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Pending(
      float[] input, float[] labels, List<ManifestEntry> entries, List<Future<?>> photos) {
    void cancel() {
      photos.forEach(photo -> photo.cancel(false));
    }
  }
}
