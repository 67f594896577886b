package org.food4j.models.onnx.quantize;

/**
 * The search for the range of least squared error. A number within is off by a rounding error whose
 * square is a twelfth of the step's on average, one outside by its distance to the range.
 */
final class SquaredErrorSearch {
  /** In which the ends of the range are moved, of the whole. */
  private static final double STEP = 0.02;

  private static final int LEAST_PARTS = 5;
  private static final int PARTS = 50;

  private final ActivationHistogram activations;
  private final int levels;

  SquaredErrorSearch(ActivationHistogram activations, int levels) {
    this.activations = activations;
    this.levels = levels;
  }

  Range range() {
    Range all = activations.range();
    double low = Math.min(0, all.min());
    double high = Math.max(0, all.max());
    // one end after the other: the error of clipping at one does not depend on the other
    for (int round = 0; round < 2; round++) {
      high = best(high == 0 ? 0 : all.max(), low, true);
      low = best(low == 0 ? 0 : -all.min(), high, false) * -1;
    }
    return all.within((float) low, (float) high);
  }

  /** The best magnitude of one end while the other stays. */
  private double best(double largest, double other, boolean above) {
    double best = largest;
    double least = Double.POSITIVE_INFINITY;
    for (int part = PARTS; part >= LEAST_PARTS && largest > 0; part--) {
      double magnitude = largest * part * STEP;
      double error =
          above ? error(Math.min(0, other), magnitude) : error(-magnitude, Math.max(0, other));
      if (error < least) {
        least = error;
        best = magnitude;
      }
    }
    return best;
  }

  /** Sum of squared errors of all numbers, for a range that holds 0. */
  double error(double low, double high) {
    double step = (high - low) / (levels - 1);
    double rounding = step * step / 12;
    double error = 0;
    for (int bin = 0; bin < ActivationHistogram.BINS; bin++) {
      double middle = (bin + 0.5) * activations.width();
      error += activations.in(true, bin) * squared(middle - high, rounding);
      error += activations.in(false, bin) * squared(middle + low, rounding);
    }
    return error;
  }

  private static double squared(double beyond, double rounding) {
    return beyond > 0 ? beyond * beyond : rounding;
  }
}
