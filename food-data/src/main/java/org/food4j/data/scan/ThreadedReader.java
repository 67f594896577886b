package org.food4j.data.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.food4j.data.file.Workers;
import org.food4j.data.photo.PhotoDecoder;

/**
 * Reads files of this machine, several at a time and each once. Holds no more than the files under
 * way in memory.
 */
final class ThreadedReader implements PhotoReader {
  /** Files under way per thread: enough that nobody waits for the slowest of them. */
  private static final int AHEAD = 64;

  private final Path root;
  private final PhotoExamination examination;
  private final int threads;

  ThreadedReader(Path root, PhotoDecoder decoder, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("At least 1 thread is needed, not " + threads);
    }
    this.root = root;
    this.examination =
        new PhotoExamination(decoder, path -> Files.readAllBytes(root.resolve(path)));
    this.threads = threads;
  }

  @Override
  public void read(List<PhotoFile> files, Progress progress, Consumer<Examined> found)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ArrayDeque<Future<Examined>> underWay = new ArrayDeque<>();
    int done = 0;
    try {
      Iterator<PhotoFile> left = files.iterator();
      while (done < files.size()) {
        while (left.hasNext() && underWay.size() < threads * AHEAD) {
          PhotoFile file = left.next();
          underWay.add(pool.submit(() -> examination.examine(file)));
        }
        found.accept(underWay.remove().get());
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
      Workers.end(pool);
    }
  }
}
