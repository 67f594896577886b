package org.food4j.data.preprocess;

import java.util.Locale;
import org.food4j.data.photo.Bt601;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.Pixels;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.photo.YccPixels;

/**
 * Antialiased resize of 8-bit pixels, the same arithmetic as Pillow's {@code Image.resize}:
 * separable convolution, rows first, 22-bit fixed-point weights, an 8-bit intermediate. So a model
 * trained elsewhere on Pillow's pixels sees the same pixels here.
 *
 * <p>Luma and colour differences are resized each at its own resolution and converted afterwards,
 * which is less work than the other way round and, where colour has the resolution of luma, the
 * same up to rounding.
 *
 * <p>Thread-safe and stateless.
 */
public final class Resampler {
  /**
   * Bits behind the point that resized luma and colour keep until they are red, green and blue:
   * rounded before, an error of half a level in a colour difference would become one of a level.
   */
  private static final int FRACTION = 4;

  private static final int HALF = 1 << (FRACTION - 1);
  private static final int NO_COLOUR = 128 << FRACTION;

  private final Interpolation interpolation;

  /** A resampler with one filter. */
  public Resampler(Interpolation interpolation) {
    this.interpolation = interpolation;
  }

  /** The whole photo at another size. */
  public Photo resize(Pixels photo, int width, int height) {
    return resize(photo, new Box(0, 0, photo.width(), photo.height()), width, height);
  }

  /**
   * A decoded photo with no more detail than asked for.
   *
   * @param shorterSide the largest shorter side of the result, in pixels; at least 1
   * @return the photo itself if it is that small, else one whose shorter side has that length, its
   *     colour with as much less detail than its luma as before
   */
  public ScaledPhoto shrink(ScaledPhoto photo, int shorterSide) {
    Pixels pixels = photo.pixels();
    double ratio = (double) shorterSide / Math.min(pixels.width(), pixels.height());
    if (ratio >= 1) {
      return photo;
    }
    int width = (int) Math.round(pixels.width() * ratio);
    int height = (int) Math.round(pixels.height() * ratio);
    return ScaledPhoto.full(
        pixels instanceof YccPixels ycc
            ? shrink(ycc, width, height)
            : resize(pixels, width, height));
  }

  private YccPixels shrink(YccPixels photo, int width, int height) {
    Target across = new Target(0, photo.width(), width, 0, width);
    Target down = new Target(0, photo.height(), height, 0, height);
    Target chromaAcross = across.shared(photo.columns());
    Target chromaDown = down.shared(photo.rows());
    Weights columns = chromaAcross.columns(interpolation, photo.chromaWidth(), photo.columns());
    Weights rows = chromaDown.rows(interpolation, photo.chromaHeight(), photo.rows());
    return new YccPixels(
        width,
        height,
        photo.columns(),
        photo.rows(),
        plane(
            photo.luma(),
            photo.width(),
            across.columns(interpolation, photo.width(), 1),
            down.rows(interpolation, photo.height(), 1)),
        plane(photo.blue(), photo.chromaWidth(), columns, rows),
        plane(photo.red(), photo.chromaWidth(), columns, rows));
  }

  private byte[] plane(byte[] samples, int width, Weights columns, Weights rows) {
    PlaneFilter filter = filter(samples, 0, 1, width, columns, rows);
    int[] row = new int[columns.outputs()];
    byte[] out = new byte[rows.outputs() * row.length];
    for (int y = 0, to = 0; y < rows.outputs(); y++) {
      filter.row(y, 0, row);
      for (int x = 0; x < row.length; x++) {
        out[to++] = (byte) row[x];
      }
    }
    return out;
  }

  /** A part of the photo, resized to fill {@code width} x {@code height} pixels. */
  public Photo resize(Pixels photo, Box source, int width, int height) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    window(
        photo,
        source,
        width,
        height,
        0,
        0,
        width,
        height,
        (y, red, green, blue) -> interleave(red, green, blue, rgb, 3 * y * width));
    return new Photo(width, height, rgb);
  }

  static void interleave(int[] red, int[] green, int[] blue, byte[] rgb, int offset) {
    for (int x = 0, to = offset; x < red.length; x++, to += 3) {
      rgb[to] = RowSink.clipped(red[x]);
      rgb[to + 1] = RowSink.clipped(green[x]);
      rgb[to + 2] = RowSink.clipped(blue[x]);
    }
  }

  /**
   * Gives the pixels {@code x .. x + windowWidth}, {@code y .. y + windowHeight} of what {@link
   * #resize(Pixels, Box, int, int)} gives, computing no others.
   */
  void window(
      Pixels photo,
      Box source,
      int width,
      int height,
      int x,
      int y,
      int windowWidth,
      int windowHeight,
      RowSink sink) {
    checkInside(photo, source);
    Target across = new Target(source.x(), source.width(), width, x, windowWidth);
    Target down = new Target(source.y(), source.height(), height, y, windowHeight);
    if (photo instanceof YccPixels ycc) {
      fromYcc(ycc, across, down, sink);
    } else {
      fromRgb((Photo) photo, across, down, sink);
    }
  }

  private void fromRgb(Photo photo, Target across, Target down, RowSink sink) {
    Weights columns = across.columns(interpolation, photo.width(), 1);
    Weights rows = down.rows(interpolation, photo.height(), 1);
    PlaneFilter[] channels = new PlaneFilter[3];
    int[][] row = new int[3][across.window];
    for (int channel = 0; channel < 3; channel++) {
      channels[channel] = filter(photo.rgb(), channel, 3, photo.width(), columns, rows);
    }
    for (int y = 0; y < down.window; y++) {
      for (int channel = 0; channel < 3; channel++) {
        channels[channel].row(y, 0, row[channel]);
      }
      sink.row(y, row[0], row[1], row[2]);
    }
  }

  private void fromYcc(YccPixels photo, Target across, Target down, RowSink sink) {
    int chromaWidth = photo.chromaWidth();
    Weights lumaColumns = across.columns(interpolation, photo.width(), 1);
    Weights lumaRows = down.rows(interpolation, photo.height(), 1);
    Weights columns = lumaColumns.ofShared(photo.columns(), chromaWidth, PlaneFilter.FOUR);
    Weights rows = lumaRows.ofShared(photo.rows(), photo.chromaHeight(), 1);
    PlaneFilter luma = filter(photo.luma(), 0, 1, photo.width(), lumaColumns, lumaRows);
    PlaneFilter blue = filter(photo.blue(), 0, 1, chromaWidth, columns, rows);
    PlaneFilter red = filter(photo.red(), 0, 1, chromaWidth, columns, rows);
    int[] lumaRow = new int[across.window];
    int[] blueRow = new int[across.window];
    int[] redRow = new int[across.window];
    int[] greenRow = new int[across.window];
    for (int y = 0; y < down.window; y++) {
      luma.row(y, FRACTION, lumaRow);
      blue.row(y, FRACTION, blueRow);
      red.row(y, FRACTION, redRow);
      toRgb(lumaRow, blueRow, redRow, greenRow);
      sink.row(y, redRow, greenRow, blueRow);
    }
  }

  private PlaneFilter filter(
      byte[] samples, int offset, int step, int width, Weights columns, Weights rows) {
    return new PlaneFilter(samples, offset, step, width, columns, rows, interpolation.overshoots());
  }

  /** The colour differences' arrays become those of red and blue. */
  private static void toRgb(int[] luma, int[] blue, int[] red, int[] green) {
    for (int x = 0; x < green.length; x++) {
      green[x] = Bt601.green(luma[x], blue[x] - NO_COLOUR, red[x] - NO_COLOUR) + HALF >> FRACTION;
    }
    for (int x = 0; x < red.length; x++) {
      red[x] = Bt601.red(luma[x], red[x] - NO_COLOUR) + HALF >> FRACTION;
    }
    for (int x = 0; x < blue.length; x++) {
      blue[x] = Bt601.blue(luma[x], blue[x] - NO_COLOUR) + HALF >> FRACTION;
    }
  }

  private static void checkInside(Pixels photo, Box box) {
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

  /** What one axis of a resize gives: a window of {@code outputs} made of a part of the source. */
  private record Target(double start, double length, int outputs, int from, int window) {
    /** The same axis where samples are shared by several pixels; the last may be by fewer. */
    Target shared(int pixels) {
      int samples = (outputs - 1) / pixels + 1;
      return new Target(start, length * samples * pixels / outputs, samples, 0, samples);
    }

    Weights columns(Interpolation filter, int samples, int shared) {
      return weights(filter, samples, shared, PlaneFilter.FOUR);
    }

    Weights rows(Interpolation filter, int samples, int shared) {
      return weights(filter, samples, shared, 1);
    }

    private Weights weights(Interpolation filter, int samples, int shared, int multiple) {
      return Weights.of(
          filter, samples, start / shared, length / shared, outputs, from, window, multiple);
    }
  }
}
