package org.food4j.train.loop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a worker's steps between two averages came to. Immutable. */
public final class WorkerRound implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TrainingState after;

  /** For each step the sum of its batches' losses, and how many those are. */
  private final double[] losses;

  private final int[] batches;

  /** For each step the gradient's norm before clipping; of length 0 where there is no clipping. */
  private final double[] norms;

  WorkerRound(TrainingState after, List<GradientStep.Made> steps) {
    this.after = after;
    losses = steps.stream().mapToDouble(GradientStep.Made::loss).toArray();
    batches = steps.stream().mapToInt(GradientStep.Made::batches).toArray();
    norms =
        steps.stream()
            .map(GradientStep.Made::gradientNorm)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
  }

  /** The worker's state after its last step. */
  TrainingState after() {
    return after;
  }

  /** How many steps they are. */
  int steps() {
    return losses.length;
  }

  /**
   * The steps of all workers as steps of the training: losses and batches added up, the mean of the
   * norms.
   *
   * @param workers each with as many steps
   */
  static List<GradientStep.Made> together(List<WorkerRound> workers) {
    List<GradientStep.Made> steps = new ArrayList<>();
    for (int i = 0; i < workers.get(0).steps(); i++) {
      int step = i;
      steps.add(
          new GradientStep.Made(
              workers.stream().mapToDouble(worker -> worker.losses[step]).sum(),
              workers.stream().mapToInt(worker -> worker.batches[step]).sum(),
              workers.stream()
                  .filter(worker -> worker.norms.length > 0)
                  .mapToDouble(worker -> worker.norms[step])
                  .average()));
    }
    return steps;
  }
}
