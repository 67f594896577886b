package org.food4j.data.photo;

import java.util.Arrays;

/** Makes photos smaller by whole numbers: each pixel is the mean of those that it covers. */
final class BoxReduction {
  private BoxReduction() {}

  /**
   * Reduces both sides, rounding up; pixels at the right and lower edges are means of what is
   * there.
   *
   * @param rgb {@code [height, width, 3]}; overwritten
   * @param scale 1, 2, 4 or 8
   * @return {@code [ceil(height / scale), ceil(width / scale), 3]}, the same array at scale 1
   */
  static byte[] reduce(byte[] rgb, int width, int height, int scale) {
    if (scale == 1) {
      return rgb;
    }
    int columns = (width - 1) / scale + 1;
    int[] sums = new int[columns * 3];
    int to = 0;
    for (int top = 0; top < height; top += scale) {
      int bottom = Math.min(height, top + scale);
      Arrays.fill(sums, 0);
      for (int y = top; y < bottom; y++) {
        int from = y * width * 3;
        for (int x = 0; x < width; x++, from += 3) {
          int sum = x / scale * 3;
          sums[sum] += rgb[from] & 0xff;
          sums[sum + 1] += rgb[from + 1] & 0xff;
          sums[sum + 2] += rgb[from + 2] & 0xff;
        }
      }
      // Written over rows that have been read: the result is never longer than they.
      for (int i = 0; i < sums.length; i++) {
        int covered = Math.min(scale, width - i / 3 * scale) * (bottom - top);
        rgb[to++] = (byte) ((2 * sums[i] + covered) / (2 * covered));
      }
    }
    return Arrays.copyOf(rgb, to);
  }
}
