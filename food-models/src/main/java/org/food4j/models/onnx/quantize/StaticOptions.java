package org.food4j.models.onnx.quantize;

/**
 * How a model is quantised with fixed scales.
 *
 * @param types the integers of activations and weights
 * @param calibrator chooses the activations' ranges
 * @param reduceRange whether weights keep to 7 bits: for x86-64 processors without VNNI only
 * @param correctBias whether biases make up for what rounding the weights adds on average
 * @param keepFloat what is not quantised
 */
public record StaticOptions(
    NumberTypes types,
    Calibrator calibrator,
    boolean reduceRange,
    boolean correctBias,
    KeepFloat keepFloat) {
  /** Unsigned activations, signed weights, the calibration of least squared error. */
  public static final StaticOptions DEFAULT =
      new StaticOptions(NumberTypes.U8S8, Calibrator.MSE, false, true, KeepFloat.NOTHING);

  /** The same with other integers. */
  public StaticOptions withTypes(NumberTypes types) {
    return new StaticOptions(types, calibrator, reduceRange, correctBias, keepFloat);
  }

  /** The same with another calibrator. */
  public StaticOptions withCalibrator(Calibrator calibrator) {
    return new StaticOptions(types, calibrator, reduceRange, correctBias, keepFloat);
  }

  /** The same with weights of 7 bits, or of 8. */
  public StaticOptions withReduceRange(boolean reduceRange) {
    return new StaticOptions(types, calibrator, reduceRange, correctBias, keepFloat);
  }

  /** The same with biases corrected, or left alone. */
  public StaticOptions withCorrectBias(boolean correctBias) {
    return new StaticOptions(types, calibrator, reduceRange, correctBias, keepFloat);
  }

  /** The same with other operations kept float. */
  public StaticOptions withKeepFloat(KeepFloat keepFloat) {
    return new StaticOptions(types, calibrator, reduceRange, correctBias, keepFloat);
  }
}
