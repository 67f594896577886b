package org.food4j.models.onnx.quantize;

/** How far a quantised model's answers are from the float model's. Not thread-safe. */
public final class LogitNoise {
  private double signal;
  private double noise;

  /**
   * Takes answers in.
   *
   * @param expected of the float model
   * @param found of the other one, as many
   * @throws IllegalArgumentException if there are not as many
   */
  public void add(float[] expected, float[] found) {
    if (expected.length != found.length) {
      throw new IllegalArgumentException(
          "%d answers cannot be compared with %d".formatted(found.length, expected.length));
    }
    for (int i = 0; i < expected.length; i++) {
      double difference = (double) expected[i] - found[i];
      signal += (double) expected[i] * expected[i];
      noise += difference * difference;
    }
  }

  /**
   * Sum of squared differences by the sum of squared expected answers; 0 where there is no
   * difference, even if all answers are 0.
   */
  public double noiseToSignal() {
    return noise == 0 ? 0 : noise / signal;
  }

  /**
   * Signal-to-noise ratio in decibels: ten times the decimal logarithm of the sum of squared
   * answers by the sum of squared differences; infinite where there is no difference, negative
   * infinity where every expected answer is 0 and others are not.
   */
  public double decibels() {
    // 0 by 0 would not be a number.
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }
}
