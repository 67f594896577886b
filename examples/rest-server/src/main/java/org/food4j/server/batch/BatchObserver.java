package org.food4j.server.batch;

/** Is told of every batch. Called by one thread for each batcher. */
@FunctionalInterface
public interface BatchObserver {
  /**
   * A batch was computed, or failed.
   *
   * @param rows of it
   * @param waitNanos that its oldest row waited
   * @param nanos that computing took
   */
  void computed(int rows, long waitNanos, long nanos);
}
