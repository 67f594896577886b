package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.train.recipe.Recipe;

/** What trains a sweep's trials into run directories: an application, with its progress bars. */
public interface TrialTraining {
  /**
   * Looks whether recipes can be trained, before the first of them is.
   *
   * @throws IllegalArgumentException if one does not fit the data set
   * @throws IOException if its weights cannot be read
   */
  void check(List<Recipe> recipes) throws IOException;

  /**
   * Trains up to an epoch, to be resumed later: a new run, or one that was interrupted. Does
   * nothing if the run has come so far.
   *
   * @param run the run directory; does not exist, or holds a run of the recipe without a report
   * @param epochs of the recipe's, at least 1
   * @throws org.food4j.train.loop.TrainingDivergedException if the loss is no longer a number
   */
  void pause(Path run, Recipe recipe, int epochs) throws IOException;

  /**
   * The same, and then evaluates the best epoch and writes the report: the run is finished.
   *
   * @throws org.food4j.train.loop.TrainingDivergedException if the loss is no longer a number
   */
  void finish(Path run, Recipe recipe, int epochs) throws IOException;
}
