package org.food4j.models.explain;

import java.util.Arrays;
import java.util.Locale;
import org.food4j.data.preprocess.Box;

/**
 * How much each place of a photo counts, relative to the one that counts most.
 *
 * <p>Not copied: the array belongs to the map from construction on, and callers must not write to
 * it.
 *
 * @param height in cells, at least 1
 * @param width in cells, at least 1
 * @param values {@code [height, width]}, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeatMap(int height, int width, float[] values) {
  /**
   * Checks every value; the array is not copied.
   *
   * @throws IllegalArgumentException if size and values do not belong together, or a value is
   *     outside its range
   */
  public HeatMap {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A heat map of %d x %d cells does not have %d values",
              height,
              width,
              values.length));
    }
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("Heat lies between 0 and 1, not at " + value);
      }
    }
  }

  /**
   * Amounts of any scale, divided by the largest; all 0 if none is positive.
   *
   * @param amounts {@code [height, width]}, at least 0 and finite; not modified
   */
  public static HeatMap relative(int height, int width, double[] amounts) {
    double largest = Arrays.stream(amounts).max().orElse(0);
    float[] values = new float[amounts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = largest == 0 ? 0 : (float) (amounts[i] / largest);
    }
    return new HeatMap(height, width, values);
  }

  /** The value of a cell. */
  public float at(int y, int x) {
    return values[y * width + x];
  }

  /** Whether no place counts. */
  public boolean isCold() {
    for (float value : values) {
      if (value > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The map with other cells over the same area, linear between the cells' centres and constant
   * outside the outermost ones, as {@code interpolate(mode="bilinear", align_corners=False)} in
   * PyTorch. For enlarging: cells are not averaged.
   */
  public HeatMap resized(int newHeight, int newWidth) {
    return laidOver(CellCentres.even(height, width, newHeight, newWidth), newHeight, newWidth);
  }

  /**
   * A value for each pixel, linear between the cells' centres and constant outside the outermost
   * ones.
   *
   * @param centres where the cells lie among the pixels
   * @return {@code [pixelRows, pixelColumns]}
   */
  public HeatMap laidOver(CellCentres centres, int pixelRows, int pixelColumns) {
    float[] pixels = new float[Math.multiplyExact(pixelRows, pixelColumns)];
    for (int y = 0; y < pixelRows; y++) {
      double row = clamped((y - centres.firstRow()) / centres.rowStep(), height - 1);
      int top = (int) row;
      int bottom = Math.min(top + 1, height - 1);
      for (int x = 0; x < pixelColumns; x++) {
        double column = clamped((x - centres.firstColumn()) / centres.columnStep(), width - 1);
        int left = (int) column;
        int right = Math.min(left + 1, width - 1);
        double upper = between(at(top, left), at(top, right), column - left);
        double lower = between(at(bottom, left), at(bottom, right), column - left);
        pixels[y * pixelColumns + x] = (float) between(upper, lower, row - top);
      }
    }
    return new HeatMap(pixelRows, pixelColumns, pixels);
  }

  private static double clamped(double place, int last) {
    return Math.max(0, Math.min(last, place));
  }

  private static double between(double first, double second, double share) {
    return first + (second - first) * share;
  }

  /**
   * The share of all heat that lies inside a box; a cell that the box covers in part counts in
   * part.
   *
   * @param box in cells: the map reaches from 0 to {@link #width} and from 0 to {@link #height}
   * @return 0 to 1
   * @throws IllegalStateException if the map is cold: there is nothing to share
   */
  public double shareInside(Box box) {
    if (isCold()) {
      throw new IllegalStateException("No place of the map counts: it has no heat to share");
    }
    double inside = 0;
    double all = 0;
    for (int y = 0; y < height; y++) {
      double rows = overlap(y, box.y(), box.y() + box.height());
      for (int x = 0; x < width; x++) {
        inside += at(y, x) * rows * overlap(x, box.x(), box.x() + box.width());
        all += at(y, x);
      }
    }
    return inside / all;
  }

  /** The length of a cell that lies between two places. */
  private static double overlap(int cell, double from, double to) {
    return Math.max(0, Math.min(cell + 1, to) - Math.max(cell, from));
  }
}
