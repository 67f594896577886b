package org.food4j.train.loop;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.scan.Progress;
import org.food4j.train.device.Replicas;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;

/** What is trained, what it learns from, and what it is judged by. Not thread-safe. */
interface TrainingMaterial extends AutoCloseable {
  /** What the epoch's steps move; another one may be in another epoch. */
  ComputationGraph graph();

  /**
   * Goes to an epoch's graph, without its batches: to the one that a checkpoint is of.
   *
   * @param epoch from 0
   */
  default void startGraph(int epoch) {}

  /**
   * Goes to the first batch of an epoch.
   *
   * @param epoch from 0
   */
  void startEpoch(int epoch);

  /**
   * What an epoch trains on other terms than the one before it, for people; empty if nothing.
   *
   * @param epoch from 0
   */
  default List<String> changes(int epoch) {
    return List.of();
  }

  /** Whether the epoch has steps left. */
  boolean hasNext();

  /**
   * What makes the steps of this epoch's graph.
   *
   * @param replicas compute the gradients, where they are computed here
   */
  StepMaker stepMaker(Recipe recipe, Replicas replicas);

  /**
   * The logits of the validation photos.
   *
   * @param progress is told the number of photos done
   */
  Scores validate(Progress progress);

  /** Releases files and threads. */
  @Override
  void close();
}
