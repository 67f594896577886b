package org.food4j.data.photo;

import java.util.Locale;

/**
 * A decoded photo that may be smaller than its file says: decoders skip detail that the caller will
 * not use.
 *
 * <p>The pixels cover the whole photo. A photo of 1001 x 700 pixels decoded at a quarter has 251 x
 * 175 of them, the last column being a quarter full: positions in the photo are {@link #scale()}
 * times those in the pixels.
 *
 * @param pixels upright, as decoded
 * @param width of the whole upright photo in pixels, as if decoded at full size
 * @param height of the whole upright photo in pixels
 * @param scale pixels of the whole photo to one of {@code pixels}, along each side: 1, 2, 4 or 8
 */
public record ScaledPhoto(Pixels pixels, int width, int height, int scale) {
  /**
   * Checks that the sizes belong together.
   *
   * @throws IllegalArgumentException if a side of the pixels is not the whole side divided by the
   *     scale, rounded up
   */
  public ScaledPhoto {
    if (scale < 1
        || pixels.width() != reduced(width, scale)
        || pixels.height() != reduced(height, scale)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels are not a photo of %d x %d at 1/%d",
              pixels.width(),
              pixels.height(),
              width,
              height,
              scale));
    }
  }

  static int reduced(int side, int scale) {
    return (side - 1) / scale + 1;
  }

  /** Whether a photo at 1/{@code scale} has that many pixels along its shorter side. */
  static boolean leaves(PhotoHeader header, int scale, int shorterSide) {
    return Math.min(header.width(), header.height()) / scale >= shorterSide;
  }

  /** Turns stored pixels, {@code [height, width, 3]} at 1/{@code scale}, upright. */
  static ScaledPhoto upright(PhotoHeader header, byte[] rgb, int scale) {
    int width = reduced(header.width(), scale);
    int height = reduced(header.height(), scale);
    return upright(header, header.orientation().turn(new Photo(width, height, rgb)), scale);
  }

  /** A photo of pixels that are upright already. */
  static ScaledPhoto upright(PhotoHeader header, Pixels pixels, int scale) {
    boolean swaps = header.orientation().swapsSides();
    return new ScaledPhoto(
        pixels,
        swaps ? header.height() : header.width(),
        swaps ? header.width() : header.height(),
        scale);
  }

  /** A photo decoded at full size. */
  public static ScaledPhoto full(Pixels photo) {
    return new ScaledPhoto(photo, photo.width(), photo.height(), 1);
  }

  /** The pixels as red, green and blue. */
  public Photo photo() {
    return pixels.toPhoto();
  }
}
