package org.food4j.models.inference;

import java.util.Locale;

/**
 * Softmax with a temperature: {@code exp(logit / temperature)}, normalised to a sum of 1.
 * Immutable.
 *
 * @param temperature above 0; above 1 it makes answers less certain, and never changes their order
 */
public record Softmax(double temperature) {
  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public Softmax {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("A temperature is above 0, not " + temperature);
    }
  }

  /**
   * Probabilities of one photo's classes.
   *
   * @param logits {@code [batch, classes]}; not modified
   * @param row the photo's position in the batch
   * @param classes logits per photo
   * @return one probability per class, owned by the caller
   * @throws IllegalArgumentException if a logit is not finite, as those of a network whose training
   *     diverged
   */
  public float[] probabilities(float[] logits, int row, int classes) {
    int from = row * classes;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The logit of class %d is %s: the network's weights are broken",
                i - from,
                logits[i]));
      }
      largest = Math.max(largest, logits[i]);
    }
    double[] exponentials = new double[classes];
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      exponentials[i] = Math.exp((logits[from + i] - largest) / temperature);
      sum += exponentials[i];
    }
    float[] probabilities = new float[classes];
    for (int i = 0; i < classes; i++) {
      probabilities[i] = (float) (exponentials[i] / sum);
    }
    return probabilities;
  }
}
