package org.food4j.data.transform;

/** Pillow's {@code Image.blend}, on which its {@code ImageEnhance} rests. */
final class Blend {
  private Blend() {}

  /**
   * A value moved away from another, or towards it: {@code from + factor * (value - from)}, clipped
   * to 0..255, without its fraction.
   */
  static byte of(int from, int value, float factor) {
    // Clipped as an int: Java's minimum of floats minds NaN and -0, which takes five times as long.
    int blended = (int) (from + factor * (value - from));
    return (byte) Math.max(0, Math.min(255, blended));
  }

  /** The luma 0.299 R + 0.587 G + 0.114 B, as Pillow rounds it. */
  static int luma(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }
}
