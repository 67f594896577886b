package org.food4j.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.food4j.cli.terminal.Terminal;
import org.food4j.train.loop.TrainingInterruptedException;
import org.food4j.train.loop.TrainingObserver;

/**
 * Ends trainings at their next step if the process is asked to end, by Ctrl-C (SIGINT) or SIGTERM,
 * and lets the process wait until it has said what is left.
 *
 * <p>Java answers both signals by ending the process with 128 and the signal's number, 130 and 143,
 * once the shutdown hooks are done; this is one.
 */
final class Interruption implements TrainingObserver, AutoCloseable {
  /** What shells see of a process that Ctrl-C ended. */
  private static final int EXIT_CODE = 130;

  /** After which the process ends all the same: whatever is being written then is atomic. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitEnd, "training-interruption");
  private volatile boolean wanted;

  private Interruption() {}

  /** What may be ended. */
  interface Work {
    /**
     * Does it.
     *
     * @param interruption watches all trainings
     * @return the exit code
     * @throws BrokenOffException that says what is left, where it was ended
     */
    int run(Interruption interruption) throws IOException;
  }

  /**
   * Does work that ends when the process is asked to end, with a line that says what is left of it.
   *
   * @return the exit code
   */
  static int watch(Terminal terminal, Work work) throws IOException {
    try (Interruption interruption = new Interruption()) {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
      try {
        return work.run(interruption);
      } catch (BrokenOffException e) {
        return interruption.end(terminal, e, e.getCause(), e.getMessage());
      } catch (IllegalStateException e) {
        return interruption.end(terminal, e, e, "");
      }
    }
  }

  private int end(Terminal terminal, RuntimeException thrown, Throwable reason, String left) {
    // a library that is loaded now cannot register its own end any more: Java refuses
    boolean refused =
        wanted && String.valueOf(reason.getMessage()).startsWith("Shutdown in progress");
    if (!refused && !(reason instanceof TrainingInterruptedException)) {
      throw thrown;
    }
    terminal.note("food: The training was stopped" + (left.isEmpty() ? "" : ". " + left));
    return EXIT_CODE;
  }

  private void awaitEnd() {
    wanted = true;
    try {
      if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return; // the process ends without a word
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends what is no training of its own.
   *
   * @throws TrainingInterruptedException if the process has been asked to end
   */
  void check() {
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
