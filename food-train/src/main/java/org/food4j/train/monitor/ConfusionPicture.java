package org.food4j.train.monitor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.food4j.data.picture.PngFile;

/**
 * A confusion matrix as a field of coloured cells without words, which need no font: rows are what
 * photos show, columns what they were taken for, both in the order of the labels. Blue is right,
 * orange wrong, and the share of the row says how strong; no photo is white.
 */
final class ConfusionPicture {
  private static final int RIGHT = 0x0072b2;
  private static final int WRONG = 0xb84a00;
  private static final int WHITE = 0xffffff;
  private static final int LINE = 0xeef0f3;
  private static final int SIDE = 720;
  private static final int LARGEST_CELL = 24;
  private static final int SMALLEST_CELL = 3;

  private ConfusionPicture() {}

  /**
   * Draws a matrix.
   *
   * @param counts {@code [actual][predicted]}, square, at least 0
   * @throws IOException if this Java has no PNG encoder
   */
  static EncodedImage of(int[][] counts) throws IOException {
    int cell = cell(counts.length);
    int side = counts.length * cell + 1;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean line = x % cell == 0 || y % cell == 0;
        image.setRGB(x, y, line ? LINE : color(counts, y / cell, x / cell));
      }
    }
    return new EncodedImage(side, side, PngFile.bytes(image));
  }

  /** Width and height of a cell in pixels, with one of the lines around it. */
  static int cell(int classes) {
    return Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, SIDE / classes));
  }

  private static int color(int[][] counts, int actual, int predicted) {
    int count = counts[actual][predicted];
    if (count == 0) {
      return WHITE;
    }
    // a root, so that a single mistake among many photos still shows
    double strength = 0.1 + 0.9 * Math.sqrt((double) count / Arrays.stream(counts[actual]).sum());
    int full = actual == predicted ? RIGHT : WRONG;
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      color |= (int) Math.round(255 + strength * ((full >> shift & 0xff) - 255)) << shift;
    }
    return color;
  }
}
