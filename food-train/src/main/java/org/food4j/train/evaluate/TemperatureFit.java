package org.food4j.train.evaluate;

/**
 * What a fitted temperature does to the photos that it was fitted to: the content of {@code
 * calibration.json}.
 *
 * @param temperature the logits are divided by it before the softmax, above 0
 * @param split the photos that it was fitted to, {@code "validation"}
 * @param photos how many
 * @param lossBefore their mean cross-entropy in nats at temperature 1
 * @param loss the same at {@code temperature}
 * @param calibrationErrorBefore their expected calibration error at temperature 1, 0 to 1
 * @param calibrationError the same at {@code temperature}; photos that took no part tell what it is
 *     worth
 */
public record TemperatureFit(
    double temperature,
    String split,
    int photos,
    double lossBefore,
    double loss,
    double calibrationErrorBefore,
    double calibrationError) {
  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public TemperatureFit {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("A temperature is above 0, not " + temperature);
    }
  }

  /**
   * Fits a temperature.
   *
   * @param scores of photos that the classifier was not trained on
   * @param split their name
   * @throws IllegalArgumentException if there is no photo or a logit is not finite
   * @see TemperatureScaling#fit
   */
  public static TemperatureFit of(Scores scores, String split) {
    double temperature = TemperatureScaling.fit(scores);
    Evaluation before = Evaluation.of(scores, split, 1);
    Evaluation after = Evaluation.of(scores, split, temperature);
    return new TemperatureFit(
        temperature,
        split,
        after.photos(),
        before.loss(),
        after.loss(),
        Calibration.of(before).expectedError(),
        Calibration.of(after).expectedError());
  }
}
