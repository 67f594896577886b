package org.food4j.train.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Keeps Spark, and Hadoop's file systems, connected while the process is ending, until this is
 * closed: for work that ends itself when the process is asked to end, and needs them until then.
 * Otherwise both disconnect at once, by shutdown hooks, which Java runs beside each other. Closed
 * by the thread that works.
 */
public final class LateShutdown implements AutoCloseable {
  /** Hadoop, by which Spark registers its own, runs the highest first; Spark's are 30 above. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 1000;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::awaitClose;

  /**
   * @param patience after which they disconnect all the same
   * @throws IllegalStateException if the process is ending already
   */
  public LateShutdown(Duration patience) {
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) { // Hadoop's way to say that the patience has ended
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending: the hook has run, or finds this closed
    }
  }
}
