package org.food4j.bench.compare;

import org.food4j.bench.result.Agreement;
import org.food4j.models.onnx.quantize.LogitNoise;
import org.food4j.train.evaluate.Scores;

/** How little a model's logits differ from another's, as one number. */
public final class SignalToNoise {
  private SignalToNoise() {}

  /**
   * Ten times the logarithm to base 10 of the reference's energy by that of the difference, over
   * all photos and classes. Noise of a tenth of the logits' size is 20 dB, of a hundredth 40 dB.
   *
   * @return decibels; infinite where nothing differs, not a number if a logit is not
   * @throws IllegalArgumentException if the two have not scored the same photos
   */
  public static double decibels(Scores reference, Scores other) {
    Agreement.requireSamePhotos(reference, other);
    LogitNoise noise = new LogitNoise();
    noise.add(reference.logits(), other.logits());
    return noise.decibels();
  }
}
