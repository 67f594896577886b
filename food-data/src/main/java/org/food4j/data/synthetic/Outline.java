package org.food4j.data.synthetic;

import java.awt.geom.Path2D;
import java.util.function.DoubleUnaryOperator;

/** Flat shapes in the unit of the table. */
final class Outline {
  private Outline() {}

  /** A circle, as a polygon fine enough for its size: so its bounds are exact. */
  static Path2D disc(double x, double y, double radius) {
    return polar(x, y, radius > 0.3 ? 56 : radius > 0.08 ? 28 : 14, a -> radius);
  }

  /** An ellipse turned about its centre. */
  static Path2D oval(double x, double y, double along, double across, double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 20; i++) {
      double t = 2 * Math.PI * i / 20;
      double u = along * Math.cos(t);
      double v = across * Math.sin(t);
      add(path, x + c * u - s * v, y + s * u + c * v);
    }
    path.closePath();
    return path;
  }

  /** The closed curve of a radius that depends on the direction. */
  static Path2D polar(double x, double y, int points, DoubleUnaryOperator radius) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points; i++) {
      double angle = 2 * Math.PI * i / points;
      double r = radius.applyAsDouble(angle);
      add(path, x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    path.closePath();
    return path;
  }

  /** A piece of pie between two directions. */
  static Path2D wedge(double from, double to, DoubleUnaryOperator radius) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    int points = 4 + (int) ((to - from) * 10);
    for (int i = 0; i <= points; i++) {
      double angle = from + (to - from) * i / points;
      double r = radius.applyAsDouble(angle);
      path.lineTo(r * Math.cos(angle), r * Math.sin(angle));
    }
    path.closePath();
    return path;
  }

  /** A radius that wanders around a mean, by at most that share of it. */
  static DoubleUnaryOperator wobble(double radius, double share, Dice dice) {
    double p2 = dice.angle();
    double p3 = dice.angle();
    double p5 = dice.angle();
    double p9 = dice.angle();
    return a ->
        radius
            * (1
                + share
                    * (0.4 * Math.sin(2 * a + p2)
                        + 0.3 * Math.sin(3 * a + p3)
                        + 0.2 * Math.sin(5 * a + p5)
                        + 0.1 * Math.sin(9 * a + p9)));
  }

  /** A radius with rounded flutes that point outwards. */
  static DoubleUnaryOperator fluted(double radius, int flutes, double share) {
    return a -> radius * (1 - share + share * Math.abs(Math.sin(a * flutes / 2)));
  }

  static Path2D blob(double x, double y, double radius, double share, Dice dice) {
    return polar(x, y, 22, wobble(radius, share, dice));
  }

  /** A polygon with those corners, {@code x0, y0, x1, y1, ...}. */
  static Path2D polygon(double... corners) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i += 2) {
      add(path, corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** A rectangle around a centre, turned. */
  static Path2D box(double x, double y, double halfWidth, double halfHeight, double angle) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    Path2D path = new Path2D.Double();
    int[] sign = {-1, -1, 1, -1, 1, 1, -1, 1};
    for (int i = 0; i < 8; i += 2) {
      double u = sign[i] * halfWidth;
      double v = sign[i + 1] * halfHeight;
      add(path, x + c * u - s * v, y + s * u + c * v);
    }
    path.closePath();
    return path;
  }

  /** An open line through those points. */
  static Path2D line(double... points) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.length; i += 2) {
      add(path, points[i], points[i + 1]);
    }
    return path;
  }

  static void add(Path2D path, double x, double y) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }
}
