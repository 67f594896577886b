package org.food4j.data.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.food4j.data.duplicate.PerceptualHash;
import org.food4j.data.duplicate.PhotoSignature;
import org.food4j.data.file.Sha256;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.scan.PhotoListing.Candidate;

/**
 * Reads, hashes and decodes the files of a listing, several at a time and each once, or takes what
 * a record knows of them. Holds no more than the files under way in memory.
 */
final class PhotoReading {
  /** Files under way per thread: enough that nobody waits for the slowest of them. */
  private static final int AHEAD = 64;

  /** Larger files are read one at a time: together they would not fit a small heap. */
  private static final long LARGE_FILE_BYTES = 32L << 20;

  private static final Object LARGE_FILE = new Object();

  /**
   * @param lasting whether the file's bytes alone decided, so that it need not be read again
   */
  private record Examined(Candidate candidate, Finding finding, boolean lasting) {}

  private final Path root;
  private final PhotoDecoder decoder;
  private final ScanRecord record;

  PhotoReading(Path root, PhotoDecoder decoder, ScanRecord record) {
    this.root = root;
    this.decoder = decoder;
    this.record = record;
  }

  /**
   * Examines files.
   *
   * @param findings takes them in the order of the files
   */
  void readAll(List<Candidate> files, int threads, Progress progress, Consumer<Finding> findings)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ArrayDeque<Future<Examined>> underWay = new ArrayDeque<>();
    int done = 0;
    try {
      settle(files);
      Instant readAt = Instant.now();
      Iterator<Candidate> left = files.iterator();
      while (done < files.size()) {
        while (left.hasNext() && underWay.size() < threads * AHEAD) {
          underWay.add(start(left.next(), pool));
        }
        Examined examined = underWay.remove().get();
        if (examined.lasting() && examined.candidate().stamp().isSettled(readAt)) {
          record.add(examined.candidate(), examined.finding());
        }
        findings.accept(examined.finding());
        done++;
        progress.update(done, files.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while reading photos");
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Reading %s failed: %s".formatted(root.resolve(files.get(done).path()), e.getCause()),
          e.getCause());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  /** Nobody reads any more when this returns, even to a thread that is interrupted. */
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // told below: what is left is a photo per worker
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the clock has moved on from files that were written a moment ago, 50 ms as a rule:
   * a change after that shows in their stamps. Files from the future are not waited for and not
   * recorded.
   */
  private void settle(List<Candidate> files) throws InterruptedException {
    if (!record.isKept()) {
      return;
    }
    Instant now = Instant.now();
    long longest =
        files.stream()
            .mapToLong(file -> file.stamp().nanosToSettle(now))
            .filter(nanos -> nanos < Long.MAX_VALUE)
            .max()
            .orElse(0);
    TimeUnit.NANOSECONDS.sleep(longest);
  }

  private Future<Examined> start(Candidate file, ExecutorService pool) {
    Optional<Finding> known = record.find(file);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(new Examined(file, known.get(), true));
    }
    return pool.submit(() -> examine(file));
  }

  private Examined examine(Candidate file) {
    long size = file.stamp().size();
    if (size > PhotoScan.MAX_FILE_BYTES) {
      String reason =
          String.format(
              Locale.ROOT,
              "a file of %d MiB is above the limit of %d MiB",
              size >> 20,
              PhotoScan.MAX_FILE_BYTES >> 20);
      return new Examined(file, new Rejection(file.path(), reason), true);
    }
    try {
      if (size < LARGE_FILE_BYTES) {
        return new Examined(file, decode(file), true);
      }
      synchronized (LARGE_FILE) {
        return new Examined(file, decode(file), true);
      }
    } catch (PhotoException e) {
      return new Examined(file, new Rejection(file.path(), e.getMessage()), true);
    } catch (IOException e) {
      Rejection rejection = new Rejection(file.path(), PhotoScan.unreadable(e));
      return new Examined(file, rejection, false);
    }
  }

  private ScannedPhoto decode(Candidate file) throws IOException {
    byte[] encoded = Files.readAllBytes(root.resolve(file.path()));
    ScaledPhoto photo = decoder.decode(encoded, PhotoScan.DETAIL);
    String sha256 = Sha256.of(encoded);
    // Random bits keep photos of a single colour apart from each other.
    long noHash = Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    return new ScannedPhoto(
        file.path(),
        file.className(),
        photo.width(),
        photo.height(),
        sha256,
        PerceptualHash.of(photo.pixels()).orElse(noHash),
        PhotoSignature.of(photo.pixels()));
  }
}
