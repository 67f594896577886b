package org.food4j.train.loop;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.weights.ImportReport;
import org.food4j.train.evaluate.Scores;

/**
 * Watches a training. All methods are called by the training thread, which waits for them. An
 * exception that one throws ends the training; the epochs that are whole by then stay in the store.
 * {@link TrainingInterruptedException} is the one for an end that somebody asked for.
 */
public interface TrainingObserver {
  /**
   * Before the training of a part of a cross-validation.
   *
   * @param number from 1
   * @param folds in all
   * @param remarks on the recipe, for people
   */
  default void fold(int number, int folds, List<String> remarks) {}

  /**
   * After weights were loaded.
   *
   * @param report what became of each tensor
   */
  default void loaded(ImportReport report) {}

  /**
   * While the frozen part of the network computes its features of photos, where there is such a
   * part; not told if they are read from a file.
   *
   * @param done photos, from 1
   * @param total photos
   */
  default void features(int done, int total) {}

  /**
   * Before the first step.
   *
   * @param graph about to be trained; DL4J listeners may be added. Where others make the steps,
   *     they hear of the last step before each average, of a graph without input and gradient
   * @param epochs at most so many
   * @param stepsPerEpoch in each of them; a step may take several batches
   */
  default void started(ComputationGraph graph, int epochs, int stepsPerEpoch) {}

  /**
   * After {@link #started}, where an interrupted training goes on.
   *
   * @param epochs that were trained before the interruption, in order; none of them is told again
   */
  default void resumed(List<EpochMetrics> epochs) {}

  /**
   * Before the first step of an epoch that trains on other terms than the one before it.
   *
   * @param epoch from 1
   * @param change for people, such as the new size of the photos
   */
  default void curriculum(int epoch, String change) {}

  /**
   * After {@link #curriculum}, where another graph is trained from this epoch on, because a stage
   * was released.
   *
   * @param graph with the DL4J listeners of the one before, whose parameters it has among its own
   */
  default void released(ComputationGraph graph) {}

  /**
   * After each step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param loss of the step's batch, or mean of its batches'
   */
  default void step(int epoch, int step, double loss) {}

  /**
   * After {@link #step}, where gradients are clipped.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param norm L2 norm of the step's gradients together, before clipping
   */
  default void gradientNorm(int epoch, int step, double norm) {}

  /**
   * While validation photos are scored.
   *
   * @param epoch from 1
   * @param done photos, from 1
   * @param total photos
   */
  default void validating(int epoch, int done, int total) {}

  /**
   * After the validation of each epoch, before {@link #epoch}.
   *
   * @param epoch from 1
   * @param scores of the validation photos
   */
  default void validated(int epoch, Scores scores) {}

  /**
   * After each epoch and its validation.
   *
   * @param best whether no earlier epoch was better
   */
  default void epoch(EpochMetrics metrics, boolean best) {}
}
