package org.food4j.train.search;

import java.util.OptionalInt;

/**
 * How a sweep goes through its search space.
 *
 * @param strategy which combinations are tried
 * @param draws how many are drawn at random: needed by {@link SweepStrategy#RANDOM}, left out by
 *     {@link SweepStrategy#GRID}, without it {@link SweepStrategy#HALVING} starts with all
 * @param seed of the draws; the trainings' seed is the recipe's
 * @param eta of {@link SweepStrategy#HALVING}: one in so many goes on, for so many times the
 *     epochs; at least 2
 * @param minEpochs of {@link SweepStrategy#HALVING}: the first rung has at least so many, at least
 *     1
 */
public record SweepSettings(
    SweepStrategy strategy, OptionalInt draws, long seed, int eta, int minEpochs) {
  /** All combinations. */
  public static final SweepSettings GRID =
      new SweepSettings(SweepStrategy.GRID, OptionalInt.empty(), 1, 3, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range or does not go with the strategy
   */
  public SweepSettings {
    if (strategy == SweepStrategy.RANDOM && draws.isEmpty()) {
      throw new IllegalArgumentException("A random sweep needs the number of its trials");
    }
    if (strategy == SweepStrategy.GRID && draws.isPresent()) {
      throw new IllegalArgumentException(
          "A grid tries every combination, not %s of them: leave the number out, or draw at random"
              .formatted(draws.getAsInt()));
    }
    if (draws.isPresent() && draws.getAsInt() < 1) {
      throw new IllegalArgumentException("At least 1 trial is drawn, not " + draws.getAsInt());
    }
    if (eta < 2) {
      throw new IllegalArgumentException("One in at least 2 goes on, not one in " + eta);
    }
    if (minEpochs < 1) {
      throw new IllegalArgumentException("The first rung has at least 1 epoch, not " + minEpochs);
    }
  }
}
