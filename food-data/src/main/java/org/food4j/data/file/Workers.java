package org.food4j.data.file;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads that read or write files. */
public final class Workers {
  private Workers() {}

  /**
   * Ends threads; those at work are interrupted. Nobody reads or writes any more when this returns,
   * even to a thread that is interrupted, which it then still is.
   */
  public static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // told below: what is left is a file per thread
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
