package org.food4j.data.transform;

import org.food4j.data.photo.Photo;

/**
 * A projective map from the result's coordinates to the photo's, by which a photo is sampled
 * bilinearly: {@code ((a x + b y + c) / n, (d x + e y + f) / n)} with {@code n = g x + h y + 1},
 * the coefficients of Pillow's {@code Image.transform}. Coordinates are in pixels from the upper
 * left corner; a pixel's centre lies at a half.
 *
 * <p>The pixels are Pillow's bilinear ones up to a difference of 1 from its rounding; as there,
 * nothing is antialiased, and the photo ends at its edge.
 */
record Warp(double a, double b, double c, double d, double e, double f, double g, double h) {
  /** Bits of a position between pixels; its square, times 255, must fit an int. */
  private static final int BITS = 11;

  private static final int ONE = 1 << BITS;
  private static final int HALF = ONE / 2;

  static Warp affine(double a, double b, double c, double d, double e, double f) {
    return new Warp(a, b, c, d, e, f, 0, 0);
  }

  /** An affine map whose offsets are such that the point stays where it is. */
  static Warp around(double x, double y, double a, double b, double d, double e) {
    return affine(a, b, x - a * x - b * y, d, e, y - d * x - e * y);
  }

  /** The photo in its own size, seen through the map. */
  Photo apply(Photo photo, Fill fill) {
    int width = photo.width();
    int height = photo.height();
    byte[] out = new byte[photo.rgb().length];
    int[] columns = new int[width];
    int[] rows = new int[width];
    for (int y = 0; y < height; y++) {
      locate(y + 0.5, columns, rows);
      if (fill.reflects()) {
        reflect(columns, width * ONE);
        reflect(rows, height * ONE);
      }
      sample(photo, columns, rows, fill, out, y * width * 3);
    }
    return new Photo(width, height, out);
  }

  /** Where the pixels of a row come from, in fixed point; far outside where it is nowhere. */
  private void locate(double y, int[] columns, int[] rows) {
    double x0 = b * y + c;
    double y0 = e * y + f;
    double n0 = h * y + 1;
    if (g == 0 && h == 0) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = fixed(a * (i + 0.5) + x0);
        rows[i] = fixed(d * (i + 0.5) + y0);
      }
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      double x = i + 0.5;
      double n = 1 / (g * x + n0);
      columns[i] = fixed((a * x + x0) * n);
      rows[i] = fixed((d * x + y0) * n);
    }
  }

  private static int fixed(double position) {
    // A cast cuts towards 0, which would make two steps of one around it.
    return (int) (position * ONE + (1 << 30)) - (1 << 30);
  }

  private static void reflect(int[] positions, int length) {
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 || positions[i] >= length) {
        int within = Math.floorMod(positions[i], 2 * length);
        positions[i] = within < length ? within : 2 * length - 1 - within;
      }
    }
  }

  private static void sample(
      Photo photo, int[] columns, int[] rows, Fill fill, byte[] out, int to) {
    byte[] in = photo.rgb();
    int width = photo.width();
    int height = photo.height();
    for (int i = 0; i < columns.length; i++, to += 3) {
      int x = columns[i];
      int y = rows[i];
      if (x < 0 || x >= width * ONE || y < 0 || y >= height * ONE) {
        out[to] = (byte) fill.red();
        out[to + 1] = (byte) fill.green();
        out[to + 2] = (byte) fill.blue();
        continue;
      }
      int right = x + HALF & ONE - 1;
      int lower = y + HALF & ONE - 1;
      int x0 = (x + HALF >> BITS) - 1;
      int y0 = (y + HALF >> BITS) - 1;
      int left = 3 * Math.max(0, x0);
      int step = 3 * Math.min(width - 1, x0 + 1) - left;
      int upperRow = Math.max(0, y0) * width * 3;
      int lowerRow = Math.min(height - 1, y0 + 1) * width * 3;
      int p = upperRow + left;
      int q = lowerRow + left;
      int w11 = right * lower;
      int w01 = (right << BITS) - w11;
      int w10 = (lower << BITS) - w11;
      int w00 = (1 << 2 * BITS) - w11 - w01 - w10;
      out[to] = mix(in, p, q, step, w00, w01, w10, w11);
      out[to + 1] = mix(in, p + 1, q + 1, step, w00, w01, w10, w11);
      out[to + 2] = mix(in, p + 2, q + 2, step, w00, w01, w10, w11);
    }
  }

  private static byte mix(byte[] in, int p, int q, int step, int w00, int w01, int w10, int w11) {
    int sum =
        (in[p] & 0xff) * w00
            + (in[p + step] & 0xff) * w01
            + (in[q] & 0xff) * w10
            + (in[q + step] & 0xff) * w11;
    return (byte) (sum + (1 << 2 * BITS - 1) >> 2 * BITS);
  }
}
