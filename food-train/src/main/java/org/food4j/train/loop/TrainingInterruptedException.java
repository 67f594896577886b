package org.food4j.train.loop;

/**
 * Somebody has asked a training to end before its time. A {@link TrainingObserver} throws it; the
 * epochs that are whole by then stay in the store, and {@link Trainer#resume} goes on after them.
 */
public final class TrainingInterruptedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Without further reason. */
  public TrainingInterruptedException() {
    super("The training was stopped");
  }
}
