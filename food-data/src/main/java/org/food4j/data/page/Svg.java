package org.food4j.data.page;

/** What the drawings of charts are made of; coordinates are those of their {@code viewBox}. */
final class Svg {
  private Svg() {}

  /** A straight line. */
  static Markup line(String style, double x1, double y1, double x2, double y2) {
    return Markup.element("line")
        .with("class", style)
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2);
  }

  /**
   * Text.
   *
   * @param anchor which part of it is at {@code x}: {@code "start"}, {@code "middle"}, {@code
   *     "end"}
   */
  static Markup label(String anchor, double x, double y, String text) {
    return Markup.element("text").with("text-anchor", anchor).with("x", x).with("y", y).add(text);
  }

  /** Appends a point to a polyline's {@code points}, to a tenth. */
  static void addPoint(StringBuilder points, double x, double y) {
    points
        .append(points.isEmpty() ? "" : " ")
        .append(Math.round(x * 10) / 10.0)
        .append(',')
        .append(Math.round(y * 10) / 10.0);
  }
}
