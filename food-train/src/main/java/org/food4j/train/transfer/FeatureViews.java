package org.food4j.train.transfer;

import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.EpochOrder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;

/**
 * How the frozen part of a network sees each photo: once as evaluation does, further times
 * augmented, each time otherwise.
 *
 * @param preprocessing of every view
 * @param augmentation of all but the first
 * @param count number of views, at least 1
 * @param seed of the augmentation
 */
public record FeatureViews(
    Preprocessing preprocessing, Augmentation augmentation, int count, long seed) {
  /** Photos in memory at a time, in all views together: as many as evaluation has. */
  private static final int IN_MEMORY = 32;

  /** Fewer photos per call than these would waste time. */
  private static final int LEAST_BATCH = 4;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public FeatureViews {
    if (count < 1) {
      throw new IllegalArgumentException("A photo is seen at least once, not " + count + " times");
    }
  }

  /** As evaluation sees photos, once. */
  public static FeatureViews evaluation(Preprocessing preprocessing) {
    return new FeatureViews(preprocessing, Augmentation.NONE, 1, 0);
  }

  /** The batches of a view, from 0: in the photos' order. */
  BatchSettings settings(int view) {
    int batch = Math.max(LEAST_BATCH, IN_MEMORY / count);
    return view == 0 || augmentation == Augmentation.NONE
        ? BatchSettings.evaluation(preprocessing, batch)
        : BatchSettings.training(preprocessing, augmentation, batch, seed)
            .withOrder(EpochOrder.AS_GIVEN)
            .withDropLast(false)
            .withCache(2 * preprocessing.inputSize(), 0);
  }
}
