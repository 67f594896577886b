package org.food4j.models.drawing;

import org.food4j.models.analysis.VertexCosts;

/**
 * A vertex in the picture.
 *
 * @param x of the left edge
 * @param y of the upper edge
 */
record Box(VertexCosts vertex, double x, double y, double width) {
  static final double HEIGHT = 26;
  private static final double LETTER = 6.1;
  private static final double PADDING = 22;

  /** How wide a box for that vertex must be. */
  static double widthOf(VertexCosts vertex) {
    return Math.ceil(vertex.description().length() * LETTER + PADDING);
  }

  double centre() {
    return x + width / 2;
  }

  double middle() {
    return y + HEIGHT / 2;
  }

  double right() {
    return x + width;
  }

  double bottom() {
    return y + HEIGHT;
  }
}
