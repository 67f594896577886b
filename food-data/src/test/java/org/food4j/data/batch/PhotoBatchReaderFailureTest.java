package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Preprocessing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Broken photos, closing, waiting, bounds. */
@Timeout(30)
class PhotoBatchReaderFailureTest {
  private static final BatchSettings SETTINGS =
      BatchSettings.evaluation(Preprocessing.imagenet(8), 4).withWorkers(2, 1);

  @TempDir private Path root;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    dataset = SmallDataset.write(root, 20);
  }

  private PhotoBatchReader reader(PhotoDecoder decoder) {
    return new PhotoBatchReader(dataset, dataset.entries(), decoder, SETTINGS);
  }

  @Test
  void next_withVanishedPhoto_namesItAndGoesOnWithTheNextBatch() throws IOException {
    Path gone = root.resolve("photo5.raw");
    Files.delete(gone);
    try (PhotoBatchReader reader = reader(SmallDataset.DECODER)) {
      assertThat(reader.next().size()).isEqualTo(4);
      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(
              PhotoReadException.class, e -> assertThat(e.photo()).isEqualTo(gone))
          .hasMessageContaining(gone.toString())
          .hasMessageContaining("the file is gone")
          .hasCauseInstanceOf(NoSuchFileException.class);
      assertThat(reader.next().entries().get(0).id()).isEqualTo("id8");
    }
  }

  @Test
  void next_withBrokenPhoto_namesItAndTheReason() throws IOException {
    Path broken = root.resolve("photo2.raw");
    Files.write(broken, new byte[1]);
    try (PhotoBatchReader reader = reader(SmallDataset.DECODER)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(PhotoReadException.class)
          .hasMessageContaining(broken + ": truncated after 1 bytes.")
          .hasCauseInstanceOf(PhotoException.class);
    }
  }

  @Test
  void next_withFailingDecoder_namesThePhoto() {
    try (PhotoBatchReader reader =
        reader(
            encoded -> {
              throw new ArithmeticException("no such colour");
            })) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(root.resolve("photo0.raw").toString())
          .hasMessageContaining("no such colour")
          .hasCauseInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void workers_stayABoundedNumberOfBatchesAhead() throws InterruptedException {
    Semaphore decoded = new Semaphore(0);
    PhotoDecoder counting =
        encoded -> {
          decoded.release();
          return SmallDataset.DECODER.decode(encoded);
        };
    try (PhotoBatchReader reader = reader(counting)) {
      reader.next();
      // One batch taken and one ahead, of four photos each.
      assertThat(decoded.tryAcquire(8, 10, TimeUnit.SECONDS)).isTrue();
      assertThat(decoded.tryAcquire(1, 50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void close_endsTheWorkersAndFurtherReading() {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    PhotoBatchReader reader =
        reader(
            encoded -> {
              workers.add(Thread.currentThread());
              return SmallDataset.DECODER.decode(encoded);
            });
    reader.next();

    reader.close();
    reader.close();

    assertThat(workers).isNotEmpty().allMatch(Thread::isDaemon);
    for (Thread worker : workers) {
      assertThat(joined(worker)).isTrue();
    }
    assertThatThrownBy(
            () -> {
              reader.next();
              reader.next();
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static boolean joined(Thread thread) {
    try {
      // The pool counts a worker out a moment before its thread has ended.
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return !thread.isAlive();
  }

  @Test
  void close_whileAnotherThreadWaits_wakesItWithAnError() throws InterruptedException {
    CountDownLatch decoding = new CountDownLatch(1);
    PhotoBatchReader reader = reader(encoded -> stuck(decoding));
    CompletableFuture<PhotoBatch> waiting = CompletableFuture.supplyAsync(reader::next);
    decoding.await();

    reader.close();

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void next_whenInterrupted_staysInterrupted() {
    CountDownLatch decoding = new CountDownLatch(1);
    try (PhotoBatchReader reader = reader(encoded -> stuck(decoding))) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Decodes until the worker is interrupted. */
  private static org.food4j.data.photo.Photo stuck(CountDownLatch decoding) throws PhotoException {
    decoding.countDown();
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts that latch down");
    } catch (InterruptedException e) {
      throw new PhotoException("interrupted", e);
    }
  }
}
