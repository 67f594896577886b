package org.food4j.train.loop;

import java.util.List;
import java.util.Locale;

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

  /** The figures of the epoch whose weights are kept. */
  public EpochMetrics best() {
    return epochs.get(bestEpoch - 1);
  }
}
