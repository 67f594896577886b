package org.food4j.server.model;

/** Is told what models do. Thread-safe. */
public interface ModelObserver {
  /**
   * A batch was computed.
   *
   * @param waitNanos that its oldest row waited
   * @param nanos that computing took
   */
  void computed(String model, int rows, long waitNanos, long nanos);

  /** A file was replaced; if it could not be opened, the model stays as it is. */
  void reloaded(String model, boolean opened);
}
