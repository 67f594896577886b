package org.food4j.data.synthetic;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * Where the camera stands: an orthographic view of the table, whose plane is {@code z = 0} with the
 * dish in the unit disc around its origin; {@code z} grows upwards in the same unit.
 *
 * @param x where the origin falls in the picture, pixels
 * @param y likewise
 * @param scale pixels per unit
 * @param tilt height by width of a circle on the table as seen: 1 from straight above
 * @param turn of the table under the camera, radians
 * @param roll of the camera, radians
 */
record Camera(double x, double y, double scale, double tilt, double turn, double roll) {

  /** From a plane parallel to the table, at that height, to pixels. */
  AffineTransform plane(double z) {
    AffineTransform transform = AffineTransform.getTranslateInstance(x, y);
    transform.rotate(roll);
    transform.translate(0, -z * scale * lift());
    transform.scale(scale, scale * tilt);
    transform.rotate(turn);
    return transform;
  }

  Point2D at(double px, double py, double z) {
    return plane(z).transform(new Point2D.Double(px, py), null);
  }

  /** How much of a height is seen: 0 from straight above, nearly 1 from the table's edge. */
  double lift() {
    return Math.sqrt(1 - tilt * tilt);
  }

  /** The pixels that a dish of that height over the unit disc can cover. */
  Rectangle2D reach(double height) {
    double c = Math.cos(roll);
    double s = Math.sin(roll);
    double halfWidth = scale * Math.hypot(c, tilt * s);
    double halfHeight = scale * Math.hypot(s, tilt * c);
    double rise = scale * lift() * height;
    Rectangle2D box =
        new Rectangle2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
    box.add(
        new Rectangle2D.Double(
            x - halfWidth + rise * s, y - halfHeight - rise * c, 2 * halfWidth, 2 * halfHeight));
    return box;
  }
}
