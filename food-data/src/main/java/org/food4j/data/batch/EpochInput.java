package org.food4j.data.batch;

import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.PhotoTransform;

/**
 * What photos become in one epoch.
 *
 * @param preprocessing size and normalisation
 * @param transform from a decoded photo to {@code inputSize} x {@code inputSize} pixels
 */
public record EpochInput(Preprocessing preprocessing, PhotoTransform transform) {
  /** Whether photos of the preprocessing's size are made into input exactly as for evaluation. */
  boolean asEvaluated() {
    return transform.equals(Augmentation.NONE.transform(preprocessing));
  }

  /** Height and width of the network's input in pixels. */
  public int size() {
    return preprocessing.inputSize();
  }
}
