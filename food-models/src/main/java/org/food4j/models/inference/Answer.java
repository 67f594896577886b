package org.food4j.models.inference;

import java.util.List;

/**
 * What a model says about one photo.
 *
 * @param predictions the most probable classes, best first, at least one; they are guesses if the
 *     photo shows none of the classes
 * @param noneOfThese whether the model is not sure enough to name a class: the highest probability
 *     is below the card's threshold. Never true of a model without a threshold
 */
public record Answer(List<Prediction> predictions, boolean noneOfThese) {
  /**
   * Copies the predictions.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Answer {
    predictions = List.copyOf(predictions);
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("An answer has at least one prediction");
    }
  }

  /** The most probable class, whether or not the model is sure enough of it. */
  public Prediction best() {
    return predictions.get(0);
  }
}
