package org.food4j.train.loop;

import java.io.IOException;
import java.util.List;

/**
 * Where the workers of a data-parallel training are. Each of them has a {@link Replica}, or
 * several, and any of them may do any worker's part: what comes of it depends on the arguments
 * alone, so that a part that was lost can be done again.
 */
public interface RoundRunner {
  /**
   * Has every worker make the same number of steps of its own batches.
   *
   * @param start what all begin with
   * @param epoch from 0
   * @param firstStep within the epoch, from 0
   * @param steps at least 1
   * @return in the workers' order, as {@link Replica#round} made them
   * @throws IOException if they cannot be made; the message says where and why
   */
  List<WorkerRound> round(TrainingState start, int epoch, int firstStep, int steps)
      throws IOException;
}
