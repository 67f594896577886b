package org.food4j.train.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import org.food4j.models.onnx.ModelCard;

/**
 * How far a model's probabilities can be trusted, learned from photos that it was not trained on: a
 * temperature, and a threshold of the probabilities that it gives. The content of {@code
 * calibration.json}.
 *
 * @param temperature and what it does to the photos
 * @param wishedAccuracy of the answers that are accepted, above 0, below 1
 * @param threshold empty if no threshold reaches that accuracy
 * @param nearest the accepted photos of the highest lower end of accuracy: how far a threshold
 *     would get
 */
public record CalibrationFit(
    TemperatureFit temperature,
    double wishedAccuracy,
    Optional<AcceptanceThreshold> threshold,
    RiskCoverage.Point nearest) {
  /**
   * Fits the temperature, then chooses the threshold at it.
   *
   * @param scores of photos that the classifier was not trained on, those for validation
   * @param split their name
   * @param wishedAccuracy above 0, below 1
   * @throws IllegalArgumentException if there is no photo, a logit is not finite, or the wish is
   *     outside its range
   * @see TemperatureScaling
   * @see AcceptanceThreshold
   */
  public static CalibrationFit of(Scores scores, String split, double wishedAccuracy) {
    TemperatureFit temperature = TemperatureFit.of(scores, split);
    Evaluation evaluation = Evaluation.of(scores, split, temperature.temperature());
    return new CalibrationFit(
        temperature,
        wishedAccuracy,
        AcceptanceThreshold.choose(evaluation, wishedAccuracy),
        AcceptanceThreshold.nearest(evaluation));
  }

  /** A card with this temperature and threshold, in place of its own. */
  public ModelCard applyTo(ModelCard card) {
    return card.withTemperature(temperature.temperature())
        .withThreshold(
            threshold.isPresent()
                ? OptionalDouble.of(threshold.get().threshold())
                : OptionalDouble.empty());
  }
}
