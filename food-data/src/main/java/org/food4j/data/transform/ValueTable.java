package org.food4j.data.transform;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.food4j.data.photo.Photo;

/** Gives a photo new values that depend on the old values alone. */
final class ValueTable {
  private ValueTable() {}

  /**
   * The table of a function.
   *
   * @param value from 0..255 to 0..255
   */
  static byte[] of(IntUnaryOperator value) {
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (byte) value.applyAsInt(i);
    }
    return table;
  }

  /** The table of a function whose results are clipped to 0..255 and lose their fraction. */
  static byte[] truncated(IntToDoubleFunction value) {
    return of(i -> (int) Math.max(0, Math.min(255, value.applyAsDouble(i))));
  }

  /** Looks all values up in one table. */
  static Photo apply(Photo photo, byte[] table) {
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = table[in[i] & 0xff];
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  /** Looks each channel's values up in a table of its own. */
  static Photo apply(Photo photo, byte[] red, byte[] green, byte[] blue) {
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i += 3) {
      out[i] = red[in[i] & 0xff];
      out[i + 1] = green[in[i + 1] & 0xff];
      out[i + 2] = blue[in[i + 2] & 0xff];
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  /** How often each value occurs in each channel: {@code [3, 256]}. */
  static int[][] histograms(Photo photo) {
    byte[] in = photo.rgb();
    int[] red = new int[256];
    int[] green = new int[256];
    int[] blue = new int[256];
    for (int i = 0; i < in.length; i += 3) {
      red[in[i] & 0xff]++;
      green[in[i + 1] & 0xff]++;
      blue[in[i + 2] & 0xff]++;
    }
    return new int[][] {red, green, blue};
  }
}
