package org.food4j.train.loop;

/** Decides how long a {@link Trainer#probe probing training} goes on. */
@FunctionalInterface
public interface StepWatcher {
  /**
   * After a step.
   *
   * @param loss of the step's batch, before the step; perhaps no finite number
   * @return whether there is another step
   */
  boolean goesOnAfter(double loss);
}
