package org.food4j.train.loop;

import org.food4j.train.recipe.Recipe;

/**
 * Decides which epoch is the best and when waiting for a better one ends: by validation top-1,
 * among equals by validation loss. Not thread-safe.
 */
final class EarlyStopping {
  private final int patience;
  private final double minChange;
  private final int settled;
  private EpochMetrics best;
  private double lastTop1;
  private int lastImprovement;

  /**
   * @param patience epochs without improvement before the end; 0 for never
   * @param minChange how much top-1 has to rise to count as improvement
   * @param settled epochs that the patience is not counted in, because later ones train more
   */
  EarlyStopping(int patience, double minChange, int settled) {
    this.patience = patience;
    this.minChange = minChange;
    this.settled = settled;
    lastTop1 = Double.NEGATIVE_INFINITY;
  }

  /** As a recipe has it. */
  static EarlyStopping of(Recipe recipe) {
    return new EarlyStopping(
        recipe.earlyStoppingPatience(), recipe.earlyStoppingMinChange(), recipe.curriculumEpochs());
  }

  /** Whether the epoch is the best so far. */
  boolean improves(EpochMetrics epoch) {
    if (epoch.validationTop1() > lastTop1 + minChange) {
      lastTop1 = epoch.validationTop1();
      lastImprovement = epoch.epoch();
    }
    boolean better = best == null || epoch.isBetterThan(best);
    if (better) {
      best = epoch;
    }
    return better;
  }

  /** Whether the patience has run out after an epoch. */
  boolean ends(int epoch) {
    return patience > 0 && epoch - Math.max(lastImprovement, settled) >= patience;
  }

  EpochMetrics best() {
    return best;
  }
}
