package org.food4j.data.duplicate;

/**
 * One side of a part of a photo: from {@code low} to {@code high}, the whole side being 0 to 1.
 * Holds what turns the signature's pixels along that side into the part's cosine waves: the
 * orthonormal DCT-II of the part, resampled to as many pixels (Keys' cubic convolution, edges
 * repeated).
 */
final class Stretch {
  /** Waves, from none to nine half periods along the side. */
  static final int WAVES = 10;

  private static final int SIZE = PhotoSignature.SIZE;

  /** {@code [wave, pixel]}; StrictMath, because Math.cos may differ between machines. */
  private static final double[][] COSINES = new double[WAVES][SIZE];

  static {
    for (int wave = 0; wave < WAVES; wave++) {
      double norm = Math.sqrt((wave == 0 ? 1.0 : 2.0) / SIZE);
      for (int pixel = 0; pixel < SIZE; pixel++) {
        COSINES[wave][pixel] = norm * StrictMath.cos(StrictMath.PI / SIZE * (pixel + 0.5) * wave);
      }
    }
  }

  private final double low;
  private final double high;
  private final double[][] waves = new double[WAVES][SIZE];

  Stretch(double low, double high) {
    this.low = low;
    this.high = high;
    for (int out = 0; out < SIZE; out++) {
      double position = position(out);
      int first = (int) Math.floor(position) - 1;
      for (int in = first; in < first + 4; in++) {
        add(waves, out, in, kernel(position - in));
      }
    }
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /** {@code [wave][pixel]}: how much of each pixel is in each wave; not to be modified. */
  double[][] waves() {
    return waves;
  }

  /** How {@link #waves()} change with the low end, or with the high end. */
  double[][] slopes(boolean ofHigh) {
    double[][] slopes = new double[WAVES][SIZE];
    for (int out = 0; out < SIZE; out++) {
      double position = position(out);
      double share = (out + 0.5) / SIZE;
      double moved = SIZE * (ofHigh ? share : 1 - share);
      int first = (int) Math.floor(position) - 1;
      for (int in = first; in < first + 4; in++) {
        add(slopes, out, in, moved * kernelSlope(position - in));
      }
    }
    return slopes;
  }

  private double position(int out) {
    return (low + (out + 0.5) / SIZE * (high - low)) * SIZE - 0.5;
  }

  private static void add(double[][] waves, int out, int in, double weight) {
    int pixel = Math.max(0, Math.min(SIZE - 1, in));
    for (int wave = 0; wave < WAVES; wave++) {
      waves[wave][pixel] += weight * COSINES[wave][out];
    }
  }

  private static double kernel(double x) {
    double t = Math.abs(x);
    return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : t < 2 ? ((2.5 - 0.5 * t) * t - 4) * t + 2 : 0;
  }

  private static double kernelSlope(double x) {
    double t = Math.abs(x);
    double slope = t < 1 ? (4.5 * t - 5) * t : t < 2 ? (5 - 1.5 * t) * t - 4 : 0;
    return x < 0 ? -slope : slope;
  }
}
