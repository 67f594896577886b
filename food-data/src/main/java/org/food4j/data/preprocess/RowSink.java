package org.food4j.data.preprocess;

/** Takes resized pixels, row by row from the top. */
@FunctionalInterface
interface RowSink {
  /** What a table that clips values must be added to reach its entry for value 0. */
  int ZERO = 256;

  /** Values that a row may hold: those from {@code -ZERO} on. */
  int VALUES = 3 * 256;

  /**
   * Takes a row. Values are not clipped yet, because whoever takes them looks each up in a table
   * anyway: they lie between -256 and 511 and stand for the nearest from 0 to 255.
   *
   * @param y from 0
   * @param red per column; the arrays are used again for the next row
   * @param green as {@code red}
   * @param blue as {@code red}
   */
  void row(int y, int[] red, int[] green, int[] blue);

  /** The value from 0 to 255 nearest to one of a row, as an unsigned byte. */
  static byte clipped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
