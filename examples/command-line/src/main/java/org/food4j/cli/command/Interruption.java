package org.food4j.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.loop.TrainingObserver;

/**
 * Ends a training at its next step if the process is asked to end, by Ctrl-C (SIGINT) or SIGTERM,
 * and lets the process wait until it has said what is left.
 *
 * <p>Java answers both signals by ending the process with 128 and the signal's number, 130 and 143,
 * once the shutdown hooks are done; this is one.
 */
final class Interruption implements TrainingObserver, AutoCloseable {
  /** After which the process ends all the same: whatever is being written then is atomic. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitEnd, "training-interruption");
  private volatile boolean wanted;

  private Interruption() {}

  /** From now on until it is closed. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void awaitEnd() {
    wanted = true;
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return; // the process ends without a word
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() {
    if (wanted) {
      throw new TrainingInterruptedException();
    }
  }

  @Override
  public void features(int done, int total) {
    check();
  }

  @Override
  public void step(int epoch, int step, double loss) {
    check();
  }

  @Override
  public void validating(int epoch, int done, int total) {
    check();
  }

  /** What is printed afterwards may be lost. */
  @Override
  public void close() {
    ended.countDown();
    if (!wanted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        wanted = true; // the process has just been asked to end; the hook finds us done
      }
    }
  }
}
