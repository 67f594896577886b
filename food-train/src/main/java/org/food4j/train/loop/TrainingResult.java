package org.food4j.train.loop;

import java.util.List;
import java.util.Locale;
import org.food4j.train.recipe.Recipe;

/**
 * How a training went.
 *
 * @param epochs one per epoch, in order
 * @param bestEpoch the epoch whose weights are kept, from 1
 * @param stoppedEarly whether the patience ran out before the recipe's last epoch
 */
public record TrainingResult(List<EpochMetrics> epochs, int bestEpoch, boolean stoppedEarly) {
  /**
   * Copies the epochs.
   *
   * @throws IllegalArgumentException if the best one is not among them
   */
  public TrainingResult {
    epochs = List.copyOf(epochs);
    if (bestEpoch < 1 || bestEpoch > epochs.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The best of %d epochs is not number %d", epochs.size(), bestEpoch));
    }
  }

  /**
   * Whether a training has come to its end: to the recipe's last epoch, or to the end of the
   * recipe's patience.
   *
   * @param epochs so far, in order
   */
  public static boolean isOver(Recipe recipe, List<EpochMetrics> epochs) {
    EarlyStopping stopping = EarlyStopping.of(recipe);
    epochs.forEach(stopping::improves);
    return epochs.size() >= recipe.epochs() || stopping.ends(epochs.size());
  }

  /** The figures of the epoch whose weights are kept. */
  public EpochMetrics best() {
    return epochs.get(bestEpoch - 1);
  }
}
