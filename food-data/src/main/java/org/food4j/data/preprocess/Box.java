package org.food4j.data.preprocess;

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
}
