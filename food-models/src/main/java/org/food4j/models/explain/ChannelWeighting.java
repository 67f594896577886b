package org.food4j.models.explain;

/**
 * How a class activation map weighs the channels of a feature map {@code A} by the gradient {@code
 * g} of a class's logit.
 */
public enum ChannelWeighting {
  /**
   * The mean of the gradient over all positions (Selvaraju et al. 2017, arXiv 1610.02391, eq. 1).
   */
  GRAD_CAM {
    @Override
    double weight(double gradient, double activations, int positions) {
      return gradient / positions;
    }
  },

  /**
   * The positive gradients, each position weighted by a coefficient of its own, so that several
   * things of a class count in full (Chattopadhyay et al. 2018, arXiv 1710.11063, eq. 10 and 19,
   * for the score {@code exp(logit)}): {@code g^2 / (2 g^2 + g^3 sum(A))}. Made for maps behind a
   * rectifier, which have no negative values.
   *
   * <p>The score's own derivative, {@code exp(logit)}, is the same factor for all channels and left
   * out. Unlike in common implementations, nothing is added to the divisor: {@code g^2} is smaller
   * than what they add.
   */
  GRAD_CAM_PLUS_PLUS {
    @Override
    double weight(double gradient, double activations, int positions) {
      double divisor = 2 + gradient * activations; // both sides divided by g^2
      return gradient > 0 && divisor != 0 ? gradient / divisor : 0;
    }
  };

  /**
   * What one position adds to its channel's weight.
   *
   * @param gradient of the logit with respect to the activation there
   * @param activations the channel's sum over all positions
   */
  abstract double weight(double gradient, double activations, int positions);

  /**
   * The map: the channels' weighted sum, where it is positive (eq. 2 of both papers).
   *
   * @param maps {@code [positions, channels]}
   * @param gradients of the logit with respect to the maps, of the same shape
   * @return {@code [positions]}, at least 0
   */
  public double[] map(float[] maps, float[] gradients, int channels) {
    int positions = maps.length / channels;
    double[] sums = new double[channels];
    for (int i = 0; i < maps.length; i++) {
      sums[i % channels] += maps[i];
    }
    double[] weights = new double[channels];
    for (int i = 0; i < maps.length; i++) {
      weights[i % channels] += weight(gradients[i], sums[i % channels], positions);
    }
    double[] map = new double[positions];
    for (int i = 0; i < maps.length; i++) {
      map[i / channels] += weights[i % channels] * maps[i];
    }
    for (int i = 0; i < positions; i++) {
      map[i] = Math.max(0, map[i]);
    }
    return map;
  }
}
