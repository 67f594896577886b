package org.food4j.data.synthetic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.function.DoubleUnaryOperator;

/**
 * The picture while it is painted: shapes given on the table (or at a height above it) become
 * pixels under one camera and one light.
 */
final class Canvas {
  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final Camera camera;
  private final Dice dice;
  private final double lightX;
  private final double lightY;
  private Rectangle2D covered;

  /**
   * @param light direction in the picture that the light comes from, radians
   */
  Canvas(Graphics2D graphics, int width, int height, Camera camera, double light, Dice dice) {
    this.graphics = graphics;
    this.width = width;
    this.height = height;
    this.camera = camera;
    this.dice = dice;
    this.lightX = Math.cos(light);
    this.lightY = Math.sin(light);
  }

  Dice dice() {
    return dice;
  }

  Camera camera() {
    return camera;
  }

  /** The same picture seen by another camera, for things that lie elsewhere on the table. */
  Canvas under(Camera other) {
    return new Canvas(graphics, width, height, other, Math.atan2(lightY, lightX), dice);
  }

  /** How far a direction in the picture faces the light, -1 to 1. */
  double facing(double dx, double dy) {
    double length = Math.hypot(dx, dy);
    return length == 0 ? 0 : (dx * lightX + dy * lightY) / length;
  }

  Shape project(Shape flat, double z) {
    return camera.plane(z).createTransformedShape(flat);
  }

  void fill(Shape flat, double z, Paint paint) {
    fillPixels(project(flat, z), paint);
  }

  void fillPixels(Shape shape, Paint paint) {
    if (isSeen(shape, 1)) {
      graphics.setPaint(paint);
      graphics.fill(shape);
    }
  }

  /** A line of a width in table units along a curve at a height. */
  void line(Shape curve, double z, double width, Color color) {
    linePixels(project(curve, z), width * camera.scale(), color);
  }

  void linePixels(Shape curve, double width, Paint paint) {
    if (isSeen(curve, width + 1)) {
      graphics.setPaint(paint);
      graphics.setStroke(
          new BasicStroke(
              (float) Math.max(0.6, width), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      graphics.draw(curve);
    }
  }

  /** Whether any of it can fall into the picture: most of a table's pattern does not. */
  private boolean isSeen(Shape shape, double margin) {
    Rectangle2D box = shape.getBounds2D();
    return box.getMaxX() + margin > 0
        && box.getMaxY() + margin > 0
        && box.getMinX() - margin < width
        && box.getMinY() - margin < height;
  }

  /** Counts a shape as part of the dish. */
  void covers(Shape pixels) {
    // Not getBounds2D: before Java 19 it takes in the control points of curves.
    double[] point = new double[6];
    for (PathIterator i = pixels.getPathIterator(null, 0.25); !i.isDone(); i.next()) {
      if (i.currentSegment(point) == PathIterator.SEG_CLOSE) {
        continue;
      }
      if (covered == null) {
        covered = new Rectangle2D.Double(point[0], point[1], 0, 0);
      }
      covered.add(point[0], point[1]);
    }
  }

  void covers(Shape flat, double z) {
    covers(project(flat, z));
  }

  /** Counts a turned body as part of the dish. */
  void covers(double x, double y, double[][] profile) {
    for (double[] at : profile) {
      covers(Outline.disc(x, y, at[0]), at[1]);
    }
  }

  /** Around all that counted as part of the dish, pixels. */
  Rectangle2D covered() {
    if (covered == null) {
      throw new IllegalStateException("Nothing of the dish has been painted");
    }
    return covered;
  }

  /** The soft shadow on the table of something with that outline and height. */
  void shadow(Shape flat, double z, double height) {
    shadowPixels(project(flat, z), height * camera.scale());
  }

  void shadowPixels(Shape shape, double height) {
    Rectangle2D box = shape.getBounds2D();
    double size = Math.max(4, Math.max(box.getWidth(), box.getHeight()));
    for (int i = 0; i < 4; i++) {
      double grow = 1 + (0.5 + i) * Math.min(0.09, 0.9 / size + 0.12 * height / size);
      double shift = height * (0.35 + 0.16 * i);
      AffineTransform t = new AffineTransform();
      t.translate(
          box.getCenterX() - lightX * shift, box.getCenterY() - lightY * shift + 0.15 * height);
      t.scale(grow, grow);
      t.translate(-box.getCenterX(), -box.getCenterY());
      fillPixels(t.createTransformedShape(shape), new Color(12, 8, 4, 30));
    }
  }

  /** A colour that is brighter on the side of the light, across a shape in pixels. */
  Paint lit(Shape pixels, Color color, double strength) {
    Rectangle2D box = pixels.getBounds2D();
    double half = Math.max(1, Math.hypot(box.getWidth(), box.getHeight()) / 2) * 0.85;
    return new GradientPaint(
        (float) (box.getCenterX() + lightX * half),
        (float) (box.getCenterY() + lightY * half),
        Palette.shade(color, 1 + strength),
        (float) (box.getCenterX() - lightX * half),
        (float) (box.getCenterY() - lightY * half),
        Palette.shade(color, 1 - strength));
  }

  /** A flat top that is brighter on the side of the light. */
  void top(Shape flat, double z, Color color, double strength) {
    Shape shape = project(flat, z);
    fillPixels(shape, lit(shape, color, strength));
  }

  /** The glow of a rounded surface, brightest towards the light, over what is already there. */
  void glow(Shape pixels, double strength) {
    Rectangle2D box = pixels.getBounds2D();
    double half = Math.max(box.getWidth(), box.getHeight()) / 2;
    Point2D focus =
        new Point2D.Double(
            box.getCenterX() + lightX * half * 0.36, box.getCenterY() + lightY * half * 0.36);
    int bright = (int) (170 * strength);
    int dark = (int) (150 * strength);
    fillPixels(
        pixels,
        new RadialGradientPaint(
            focus,
            (float) (half * 1.35),
            new float[] {0, 0.45f, 1},
            new Color[] {
              new Color(255, 250, 235, bright),
              new Color(128, 110, 90, 0),
              new Color(30, 14, 4, dark)
            }));
  }

  /** Walls from one height to another, then the top face. */
  void slab(Shape flat, double from, double to, Color side, Color top) {
    int steps = steps(to - from);
    for (int i = 0; i < steps; i++) {
      Shape shape = project(flat, from + (to - from) * i / steps);
      fillPixels(shape, lit(shape, Palette.shade(side, 0.72 + 0.2 * i / steps), 0.16));
    }
    Shape shape = project(flat, to);
    fillPixels(shape, lit(shape, top, 0.1));
  }

  /**
   * A turned body: discs whose radius follows a profile from the bottom to the top.
   *
   * @param profile pairs of radius and height, upwards
   * @param form radius by direction of every disc, around 1
   */
  void turned(double x, double y, double[][] profile, DoubleUnaryOperator form, Color color) {
    double low = profile[0][1];
    double high = profile[profile.length - 1][1];
    int steps = Math.max(7, steps(high - low));
    Path2D unit = Outline.polar(0, 0, 44, form);
    for (int i = 0; i <= steps; i++) {
      double z = low + (high - low) * i / steps;
      double r = radiusAt(profile, z);
      AffineTransform place = camera.plane(z);
      place.translate(x, y);
      place.scale(r, r);
      Shape shape = place.createTransformedShape(unit);
      double up = (double) i / steps;
      fillPixels(shape, lit(shape, Palette.shade(color, 0.62 + 0.42 * Math.sqrt(up)), 0.12));
    }
  }

  /** The radius of a profile at a height. */
  static double radiusAt(double[][] profile, double z) {
    for (int i = 1; i < profile.length; i++) {
      double[] a = profile[i - 1];
      double[] b = profile[i];
      if (z <= b[1]) {
        double t = b[1] == a[1] ? 1 : (z - a[1]) / (b[1] - a[1]);
        return Math.max(0.01, a[0] + (b[0] - a[0]) * t);
      }
    }
    return Math.max(0.01, profile[profile.length - 1][0]);
  }

  /** How many layers a height needs to look solid. */
  private int steps(double height) {
    return (int) Math.ceil(Math.max(1, height * camera.scale() * camera.lift() / 1.1));
  }
}
