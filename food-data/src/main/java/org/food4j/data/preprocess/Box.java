package org.food4j.data.preprocess;

import org.food4j.data.photo.ScaledPhoto;

/**
 * A rectangle in pixel coordinates; edges may lie between pixels.
 *
 * @param x left edge
 * @param y upper edge
 * @param width above 0
 * @param height above 0
 */
public record Box(double x, double y, double width, double height) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the box is empty
   */
  public Box {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException("A box is not empty: " + width + " x " + height);
    }
  }

  /** The whole of a decoded photo, in the coordinates of its pixels. */
  public static Box whole(ScaledPhoto photo) {
    double scale = photo.scale();
    return new Box(
        photo.left() / scale, photo.top() / scale, photo.width() / scale, photo.height() / scale);
  }
}
