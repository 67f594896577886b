package org.food4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.food4j.models.onnx.ModelCard;
import org.food4j.train.evaluate.AcceptanceThreshold;
import org.food4j.train.evaluate.CalibrationFit;
import org.food4j.train.evaluate.TemperatureFit;

/**
 * The form of {@code calibration.json}.
 *
 * @param threshold null if no threshold reached the wished accuracy, or none was sought
 * @param accepted photos at the threshold; 0 without one
 * @param acceptedCorrect of them, answered rightly
 */
record CalibrationDocument(
    double temperature,
    String split,
    int photos,
    double lossBefore,
    double loss,
    double calibrationErrorBefore,
    double calibrationError,
    Double threshold,
    double acceptAccuracy,
    int accepted,
    int acceptedCorrect) {
  static CalibrationDocument of(CalibrationFit fit) {
    TemperatureFit temperature = fit.temperature();
    Optional<AcceptanceThreshold> chosen = fit.threshold();
    return new CalibrationDocument(
        temperature.temperature(),
        temperature.split(),
        temperature.photos(),
        temperature.lossBefore(),
        temperature.loss(),
        temperature.calibrationErrorBefore(),
        temperature.calibrationError(),
        chosen.isPresent() ? chosen.get().threshold() : null,
        fit.wishedAccuracy(),
        chosen.isPresent() ? chosen.get().point().accepted() : 0,
        chosen.isPresent() ? chosen.get().point().correct() : 0);
  }

  /**
   * Reads the file's content.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  static CalibrationDocument read(String json) {
    try {
      return RunJson.MAPPER.readValue(json, CalibrationDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /**
   * The card with this temperature and threshold.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  ModelCard applyTo(ModelCard card) {
    return card.withTemperature(temperature)
        .withThreshold(threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
  }
}
