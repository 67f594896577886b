package org.food4j.data.photo;

import java.util.Locale;

/**
 * A decoded photo: 8-bit RGB, upright (EXIF orientation applied), without alpha.
 *
 * <p>Not copied: the array belongs to the photo from construction on, and callers must not write to
 * it. Under that rule instances are safe to share between threads.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code [height, width, 3]}, row by row, each byte an unsigned value 0 to 255
 */
@SuppressWarnings("ArrayRecordComponent")
public record Photo(int width, int height, byte[] rgb) implements Pixels {
  /**
   * Checks that pixels and size belong together; the array is not copied.
   *
   * @throws IllegalArgumentException if they do not, or a side is below 1
   */
  public Photo {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "A photo has at least one pixel, not " + width + " x " + height);
    }
    if (rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels take %d bytes, not %d",
              width,
              height,
              3L * width * height,
              rgb.length));
    }
  }

  @Override
  public long bytes() {
    return rgb.length;
  }

  @Override
  public Photo toPhoto() {
    return this;
  }
}
