package org.food4j.data.preprocess;

/**
 * Where in a resized photo the network's square input lies. A photo has no detail beyond the square
 * along its shorter side if it is resized to the input's size; the corners then differ along the
 * longer side alone.
 */
public enum CropPosition {
  /** The middle, rounded towards the upper left corner: what evaluation sees. */
  CENTRE,

  /** The upper left corner. */
  TOP_LEFT,

  /** The upper right corner. */
  TOP_RIGHT,

  /** The lower left corner. */
  BOTTOM_LEFT,

  /** The lower right corner. */
  BOTTOM_RIGHT;

  /**
   * First column of the input.
   *
   * @param room columns of the photo that are not in the input, at least 0
   */
  int x(int room) {
    return switch (this) {
      case CENTRE -> room / 2;
      case TOP_LEFT, BOTTOM_LEFT -> 0;
      case TOP_RIGHT, BOTTOM_RIGHT -> room;
    };
  }

  /**
   * First row of the input.
   *
   * @param room rows of the photo that are not in the input, at least 0
   */
  int y(int room) {
    return switch (this) {
      case CENTRE -> room / 2;
      case TOP_LEFT, TOP_RIGHT -> 0;
      case BOTTOM_LEFT, BOTTOM_RIGHT -> room;
    };
  }
}
