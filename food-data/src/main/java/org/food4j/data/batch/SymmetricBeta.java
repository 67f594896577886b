package org.food4j.data.batch;

import java.util.Random;

/**
 * Draws from the distribution Beta(a, a), as a gamma variate's share of two.
 *
 * <p>Gamma variates by Marsaglia and Tsang 2000 (A Simple Method for Generating Gamma Variables),
 * whose section 6 takes a shape below 1 to one above: multiplied by a power of a uniform number.
 * All as logarithms, because for small shapes the variates themselves are below the smallest
 * double.
 */
final class SymmetricBeta {
  private SymmetricBeta() {}

  /**
   * A number from 0 to 1.
   *
   * @param shape above 0; below 1 most draws lie near 0 and 1, far above it near a half
   */
  static double draw(double shape, Random random) {
    double one = logGamma(shape, random);
    double other = logGamma(shape, random);
    return 1 / (1 + Math.exp(other - one));
  }

  private static double logGamma(double shape, Random random) {
    double d = shape + 1 - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      if (root > 0) {
        double cube = root * root * root;
        double logUniform = Math.log(1 - random.nextDouble());
        if (logUniform < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
          return Math.log(d * cube) + Math.log(1 - random.nextDouble()) / shape;
        }
      }
    }
  }
}
