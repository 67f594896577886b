package org.food4j.train.search;

/** Watches a sweep. */
public interface SweepObserver {
  /**
   * Before a training.
   *
   * @param name of its run directory
   * @param number from 1, within the round
   * @param count trainings of the round
   */
  default void trial(String name, int number, int count) {}

  /** Instead of {@link #trial}, for one that is finished or has failed by an earlier call. */
  default void skipped(String name) {}

  /**
   * After a training that diverged.
   *
   * @param reason for people
   */
  default void failed(String name, String reason) {}

  /**
   * Before a round of a halving.
   *
   * @param number from 1
   * @param candidates that take part
   * @param epochs that each has been trained for at its end
   */
  default void rung(int number, int candidates, int epochs) {}
}
