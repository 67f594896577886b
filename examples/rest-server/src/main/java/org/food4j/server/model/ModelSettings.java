package org.food4j.server.model;

/**
 * How models compute.
 *
 * @param threads of one call; with as many lanes they do not exceed the cores
 * @param lanes calls at a time, over all models
 * @param mostRows photos of one call
 * @param queue photos that may wait for each model
 */
public record ModelSettings(int threads, int lanes, int mostRows, int queue) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public ModelSettings {
    if (threads < 1 || lanes < 1 || mostRows < 1 || queue < 1) {
      throw new IllegalArgumentException(
          "Threads, lanes, rows and queue are at least 1, not %d, %d, %d, %d"
              .formatted(threads, lanes, mostRows, queue));
    }
  }

  /** The same with one photo a call. */
  ModelSettings withoutBatches() {
    return new ModelSettings(threads, lanes, 1, queue);
  }

  /**
   * One call at a time on all cores, at most 8 photos a call, 64 waiting: more gain little speed
   * and take much memory.
   */
  public static ModelSettings standard() {
    return new ModelSettings(Runtime.getRuntime().availableProcessors(), 1, 8, 64);
  }
}
