package org.food4j.data.preprocess;

import java.util.Locale;
import org.food4j.data.photo.Photo;

/**
 * Antialiased resize of 8-bit RGB, the same arithmetic as Pillow's {@code Image.resize}: separable
 * convolution, rows first, 22-bit fixed-point weights, an 8-bit intermediate. So a model trained
 * elsewhere on Pillow's pixels sees the same pixels here.
 *
 * <p>Thread-safe and stateless.
 */
public final class Resampler {
  private static final int PRECISION_BITS = 22;

  private final Interpolation interpolation;

  /** A resampler with one filter. */
  public Resampler(Interpolation interpolation) {
    this.interpolation = interpolation;
  }

  /** The whole photo at another size. */
  public Photo resize(Photo photo, int width, int height) {
    return resize(photo, new Box(0, 0, photo.width(), photo.height()), width, height);
  }

  /** A part of the photo, resized to fill {@code width} x {@code height} pixels. */
  public Photo resize(Photo photo, Box source, int width, int height) {
    return resizeWindow(photo, source, width, height, 0, 0, width, height);
  }

  /**
   * The pixels {@code x .. x + windowWidth}, {@code y .. y + windowHeight} of what {@link
   * #resize(Photo, Box, int, int)} gives, computing no others.
   */
  Photo resizeWindow(
      Photo photo,
      Box source,
      int width,
      int height,
      int x,
      int y,
      int windowWidth,
      int windowHeight) {
    checkInside(photo, source);
    Weights columns =
        Weights.of(interpolation, photo.width(), source.x(), source.width(), width, x, windowWidth);
    Weights rows =
        Weights.of(
            interpolation, photo.height(), source.y(), source.height(), height, y, windowHeight);
    int firstRow = rows.first[0];
    int rowCount = rows.first[windowHeight - 1] + rows.count[windowHeight - 1] - firstRow;
    byte[] shrunk = filterRows(photo, columns, windowWidth, firstRow, rowCount);
    return new Photo(
        windowWidth,
        windowHeight,
        filterColumns(shrunk, rows, windowWidth, windowHeight, firstRow));
  }

  private static void checkInside(Photo photo, Box box) {
    // A random box ends at the edge up to the rounding of its own arithmetic.
    double slack = 1e-6;
    if (box.x() < -slack
        || box.y() < -slack
        || box.x() + box.width() > photo.width() + slack
        || box.y() + box.height() > photo.height() + slack) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s does not lie inside the photo of %d x %d pixels",
              box,
              photo.width(),
              photo.height()));
    }
  }

  private static byte[] filterRows(
      Photo photo, Weights columns, int width, int firstRow, int rowCount) {
    byte[] in = photo.rgb();
    byte[] out = new byte[rowCount * width * 3];
    int stride = photo.width() * 3;
    int to = 0;
    for (int row = 0; row < rowCount; row++) {
      int line = (firstRow + row) * stride;
      for (int column = 0; column < width; column++) {
        int from = line + columns.first[column] * 3;
        int weight = column * columns.stride;
        int red = 1 << (PRECISION_BITS - 1);
        int green = red;
        int blue = red;
        for (int end = weight + columns.count[column]; weight < end; weight++, from += 3) {
          int k = columns.fixed[weight];
          red += (in[from] & 0xff) * k;
          green += (in[from + 1] & 0xff) * k;
          blue += (in[from + 2] & 0xff) * k;
        }
        out[to++] = clip(red);
        out[to++] = clip(green);
        out[to++] = clip(blue);
      }
    }
    return out;
  }

  private static byte[] filterColumns(
      byte[] in, Weights rows, int width, int height, int firstRow) {
    int stride = width * 3;
    byte[] out = new byte[height * stride];
    int[] sums = new int[stride];
    for (int row = 0; row < height; row++) {
      java.util.Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
      for (int n = 0; n < rows.count[row]; n++) {
        int k = rows.fixed[row * rows.stride + n];
        int line = (rows.first[row] + n - firstRow) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += (in[line + i] & 0xff) * k;
        }
      }
      for (int i = 0; i < stride; i++) {
        out[row * stride + i] = clip(sums[i]);
      }
    }
    return out;
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }

  /** For each output pixel: which source pixels count, and how much. */
  private record Weights(int[] first, int[] count, int[] fixed, int stride) {
    static Weights of(
        Interpolation filter,
        int pixels,
        double start,
        double length,
        int outputs,
        int from,
        int window) {
      double scale = length / outputs;
      double filterScale = Math.max(scale, 1);
      double support = filter.support() * filterScale;
      int stride = (int) Math.ceil(support) * 2 + 1;
      int[] first = new int[window];
      int[] count = new int[window];
      int[] fixed = new int[window * stride];
      double[] weights = new double[stride];
      for (int n = 0; n < window; n++) {
        double center = start + (from + n + 0.5) * scale;
        int low = Math.max(0, (int) (center - support + 0.5));
        int high = Math.min(pixels, (int) (center + support + 0.5));
        double sum = 0;
        for (int i = low; i < high; i++) {
          weights[i - low] = filter.weight((i - center + 0.5) / filterScale);
          sum += weights[i - low];
        }
        for (int i = 0; i < high - low; i++) {
          fixed[n * stride + i] = (int) Math.round(weights[i] / sum * (1 << PRECISION_BITS));
        }
        first[n] = low;
        count[n] = high - low;
      }
      return new Weights(first, count, fixed, stride);
    }
  }
}
