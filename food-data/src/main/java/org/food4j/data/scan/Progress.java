package org.food4j.data.scan;

/** Told how far long work has come. Called by one thread, often: implementations draw sparingly. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * Another piece is done.
   *
   * @param done pieces done, from 1 to {@code total}
   * @param total pieces in all
   */
  void update(int done, int total);
}
