package org.food4j.train.evaluate;

import java.util.OptionalDouble;
import org.food4j.models.onnx.ModelCard;

/**
 * How logits become an answer.
 *
 * @param temperature the logits are divided by it before the softmax, above 0
 * @param threshold a highest probability below it means "none of these", 0 to 1; absent if there is
 *     always an answer
 * @param views of a photo, whose probabilities are averaged
 */
public record AnswerSettings(
    double temperature, OptionalDouble threshold, TestTimeAugmentation views) {
  /** Temperature 1, no threshold, one view. */
  public static final AnswerSettings PLAIN = ofTemperature(1);

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public AnswerSettings {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("A temperature is above 0, not " + temperature);
    }
  }

  /** A temperature, without a threshold, one view. */
  public static AnswerSettings ofTemperature(double temperature) {
    return new AnswerSettings(temperature, OptionalDouble.empty(), TestTimeAugmentation.NONE);
  }

  /** What a model's card says. */
  public static AnswerSettings of(ModelCard card, TestTimeAugmentation views) {
    return new AnswerSettings(card.temperature(), card.threshold(), views);
  }
}
