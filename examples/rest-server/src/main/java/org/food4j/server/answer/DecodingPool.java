package org.food4j.server.answer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.server.batch.OverloadedException;

/**
 * Threads that decode photos, as many as photos may be decoded at a time: what decoding takes of
 * the memory is bounded by their number. A bounded number of photos waits. Thread-safe.
 */
final class DecodingPool implements AutoCloseable {
  private final ThreadPoolExecutor pool;

  DecodingPool(int threads, int queue) {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, "decode-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Work that may fail by a checked exception. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws Exception;
  }

  /**
   * Does work soon.
   *
   * @param deadline until which it begins, as {@link System#nanoTime} tells it
   * @return fails with {@link OverloadedException} if there is no room or its time is over
   */
  <T> CompletableFuture<T> submit(Work<T> work, long deadline) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            if (System.nanoTime() - deadline > 0) {
              done.completeExceptionally(
                  new OverloadedException("its time was over before it was decoded"));
              return;
            }
            try {
              done.complete(work.run());
            } catch (Exception | Error e) {
              done.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          new OverloadedException("%d photos wait to be decoded already".formatted(waiting())));
    }
    return done;
  }

  int waiting() {
    return pool.getQueue().size();
  }

  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
