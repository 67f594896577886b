package org.food4j.train.optimizer;

/**
 * The constants of Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1).
 *
 * @param beta1 share of the mean gradient that a step keeps, 0 to below 1
 * @param beta2 share of the mean squared gradient that a step keeps, 0 to below 1
 * @param epsilon added to the root of the mean squared gradient, above 0
 */
public record AdamSettings(double beta1, double beta2, double epsilon) {
  /** The paper's, and PyTorch's: betas 0.9 and 0.999, epsilon 1e-8. */
  public static final AdamSettings DEFAULT = new AdamSettings(0.9, 0.999, 1e-8);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public AdamSettings {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam's betas lie between 0 and below 1, not at %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0) || !Double.isFinite(epsilon)) {
      throw new IllegalArgumentException("Adam's epsilon is above 0, not " + epsilon);
    }
  }
}
