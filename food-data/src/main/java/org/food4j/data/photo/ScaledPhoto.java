package org.food4j.data.photo;

import java.util.Locale;

/**
 * A decoded photo that may be smaller than its file says: decoders skip detail that the caller will
 * not use.
 *
 * <p>The pixels cover the whole photo. A photo of 1001 x 700 pixels decoded at a quarter has 251 x
 * 175 of them, the last column being a quarter full: positions in the photo are {@link #scale()}
 * times those in the pixels. Where such a photo was stored mirrored or turned, the quarter-full
 * column or row is the first instead, and the photo begins inside it.
 *
 * @param pixels upright, as decoded
 * @param width of the whole upright photo in pixels, as if decoded at full size
 * @param height of the whole upright photo in pixels
 * @param scale pixels of the whole photo to one of {@code pixels}, along each side: 1, 2, 4 or 8
 * @param left where the photo begins in the first column, in pixels of the whole photo: 0, or what
 *     the columns cover beyond {@code width}
 * @param top where it begins in the first row, likewise
 */
public record ScaledPhoto(Pixels pixels, int width, int height, int scale, int left, int top) {
  /**
   * Checks that the sizes belong together.
   *
   * @throws IllegalArgumentException if a side of the pixels is not the whole side divided by the
   *     scale, rounded up, or the photo does not begin or end with its pixels
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
    if ((left != 0 && left != scale * pixels.width() - width)
        || (top != 0 && top != scale * pixels.height() - height)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A photo of %d x %d at 1/%d does not begin %d and %d inside its pixels",
              width,
              height,
              scale,
              left,
              top));
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
    Orientation orientation = header.orientation();
    boolean swaps = orientation.swapsSides();
    int width = swaps ? header.height() : header.width();
    int height = swaps ? header.width() : header.height();
    return new ScaledPhoto(
        pixels,
        width,
        height,
        scale,
        orientation.reversesColumns() ? scale * pixels.width() - width : 0,
        orientation.reversesRows() ? scale * pixels.height() - height : 0);
  }

  /** A photo decoded at full size. */
  public static ScaledPhoto full(Pixels photo) {
    return new ScaledPhoto(photo, photo.width(), photo.height(), 1, 0, 0);
  }

  /** The pixels as red, green and blue. */
  public Photo photo() {
    return pixels.toPhoto();
  }
}
