package org.food4j.models.onnx.quantize;

/**
 * The search for the range of least squared error, behind the response to the tensor. A number
 * within the range is off by a rounding error whose square is a twelfth of the step's on average,
 * one outside by its distance to the range.
 */
final class SquaredErrorSearch {
  private static final int LEAST_PARTS = 2;
  private static final int PARTS = 64;

  private final ActivationHistogram activations;
  private final Response response;
  private final int levels;

  /** Of the middle of each bin, above 0 and below it. */
  private final double[][] values = new double[2][ActivationHistogram.BINS];

  private final double[][] squaredSlopes = new double[2][ActivationHistogram.BINS];

  SquaredErrorSearch(ActivationHistogram activations, Response response, int levels) {
    this.activations = activations;
    this.response = response;
    this.levels = levels;
    for (int side = 0; side < 2; side++) {
      for (int bin = 0; bin < ActivationHistogram.BINS; bin++) {
        double middle = (side == 0 ? 1 : -1) * (bin + 0.5) * activations.width();
        double slope = response.slope(middle);
        values[side][bin] = response.value(middle);
        squaredSlopes[side][bin] = slope * slope;
      }
    }
  }

  Range range() {
    Range all = activations.range();
    double least = Math.min(0, all.min());
    double most = Math.max(0, all.max());
    double low = least;
    double high = most;
    // one end after the other, twice: the step depends on both
    for (int round = 0; round < 2; round++) {
      double bestHigh = high;
      double bestLow = low;
      double bestError = error(low, high);
      for (int part = LEAST_PARTS; part <= PARTS; part++) {
        double error = error(low, most * part / PARTS);
        if (error < bestError) {
          bestError = error;
          bestHigh = most * part / PARTS;
        }
      }
      high = bestHigh;
      for (int part = LEAST_PARTS; part <= PARTS; part++) {
        double error = error(least * part / PARTS, high);
        if (error < bestError) {
          bestError = error;
          bestLow = least * part / PARTS;
        }
      }
      low = bestLow;
    }
    return all.within((float) low, (float) high);
  }

  /** Sum of squared errors of all numbers, for a range that holds 0. */
  double error(double low, double high) {
    double step = (high - low) / (levels - 1);
    double rounding = step * step / 12;
    return error(0, high, rounding) + error(1, -low, rounding);
  }

  private double error(int side, double end, double rounding) {
    double atEnd = response.value(side == 0 ? end : -end);
    double error = 0;
    for (int bin = 0; bin < ActivationHistogram.BINS; bin++) {
      long count = activations.in(side == 0, bin);
      if (count > 0) {
        double clipped = values[side][bin] - atEnd;
        boolean within = (bin + 0.5) * activations.width() <= end;
        error += count * (within ? squaredSlopes[side][bin] * rounding : clipped * clipped);
      }
    }
    return error;
  }
}
