package org.food4j.data.preprocess;

/**
 * The filter of a resize. Both are antialiased: when shrinking, the filter widens with the scale.
 */
public enum Interpolation {
  /** Triangle filter, two source pixels wide at scale 1. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },

  /** Keys' cubic convolution with a = -0.5, four source pixels wide at scale 1. */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }
  };

  private final double support;

  Interpolation(double support) {
    this.support = support;
  }

  /** Half the filter's width in source pixels, when the source is not shrunk. */
  double support() {
    return support;
  }

  /** Whether some weights are negative, so that sums may leave the range of their samples. */
  boolean overshoots() {
    return this == BICUBIC;
  }

  /** The filter's value at a distance from its centre, not normalised. */
  abstract double weight(double distance);
}
