package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fried rolls: long round bodies with a wrapped edge, whole or cut open. */
final class SpringRolls implements Dish {
  private record Roll(double x, double y, double z, double angle, double half) {}

  @Override
  public String name() {
    return "spring_rolls";
  }

  @Override
  public double lowestTilt() {
    return 0.55;
  }

  @Override
  public double highestTilt() {
    return 0.97;
  }

  @Override
  public double height() {
    return 0.35;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color dough = Palette.baked(Palette.dough(dice), dice.between(0, 0.22));
    Color filling = Palette.accent(dice);
    int count = dice.count(3, 5);
    double radius = count == 5 ? 0.145 : count == 4 ? 0.165 : 0.185;
    double angle = dice.angle();
    boolean cut = dice.chance(0.4);
    List<Roll> rolls = new ArrayList<>();
    boolean dip = count == 3 && dice.chance(0.45);
    for (int i = 0; i < count; i++) {
      double off = (i - (count - 1) / 2.0) * radius * dice.between(2.15, 2.4);
      double half = Math.sqrt(Math.max(0.2, 0.86 - off * off)) * dice.between(0.86, 0.96);
      if (dip) {
        off -= 0.22;
        half *= 0.95;
      }
      double slide = dice.gaussian(0.03);
      rolls.add(
          new Roll(
              -off * Math.sin(angle) + slide * Math.cos(angle),
              off * Math.cos(angle) + slide * Math.sin(angle),
              radius,
              angle + dice.gaussian(0.05),
              half - radius * 0.5));
    }
    rolls.sort(Comparator.comparingDouble(r -> canvas.camera().at(r.x, r.y, 0).getY()));
    if (!dip && dice.chance(0.45)) {
      rolls.add(
          new Roll(0, 0, radius * 2.7, angle + dice.between(0.5, 1.1), dice.between(0.6, 0.72)));
    }
    if (dip) {
      Crockery.dip(canvas, -0.66 * Math.sin(angle), 0.66 * Math.cos(angle), 0.3);
    }
    for (Roll roll : rolls) {
      Color own = Palette.shade(dough, dice.between(0.9, 1.08));
      paint(canvas, roll, radius, own, cut ? filling : null);
    }
    if (dice.chance(0.5)) {
      Toppings.herbs(canvas, 0.95, 0.02);
    }
  }

  private static void paint(Canvas canvas, Roll roll, double radius, Color dough, Color filling) {
    Dice dice = canvas.dice();
    double dx = Math.cos(roll.angle) * roll.half;
    double dy = Math.sin(roll.angle) * roll.half;
    Point2D a = canvas.camera().at(roll.x - dx, roll.y - dy, roll.z);
    Point2D b = canvas.camera().at(roll.x + dx, roll.y + dy, roll.z);
    if (a.getY() > b.getY()) {
      Point2D swap = a;
      a = b;
      b = swap;
    }
    double r = radius * canvas.camera().scale();
    double length = Math.max(1, a.distance(b));
    double ux = (b.getX() - a.getX()) / length;
    double uy = (b.getY() - a.getY()) / length;
    Shape shade = Outline.box(roll.x, roll.y, roll.half + radius * 0.4, radius * 0.95, roll.angle);
    canvas.shadow(shade, Math.max(0, roll.z - radius * 1.4), radius * 0.9);
    // The lit side of the body: the normal of the axis that faces the light.
    double side = canvas.facing(-uy, ux) >= 0 ? 1 : -1;
    Point2D bright = new Point2D.Double(a.getX() - side * uy * r, a.getY() + side * ux * r);
    Point2D dark = new Point2D.Double(a.getX() + side * uy * r, a.getY() - side * ux * r);
    LinearGradientPaint skin =
        new LinearGradientPaint(
            bright,
            dark,
            new float[] {0, 0.28f, 0.62f, 1},
            new Color[] {
              Palette.shade(dough, 0.96),
              Palette.shade(dough, 1.26),
              Palette.shade(dough, 0.9),
              Palette.shade(dough, 0.5)
            });
    Shape body = new Line2D.Double(a, b);
    canvas.linePixels(body, 2 * r, skin);
    canvas.covers(Outline.disc(a.getX(), a.getY(), r));
    canvas.covers(Outline.disc(b.getX(), b.getY(), r));
    for (int i = 0; i < 12; i++) {
      double t = dice.between(-0.3, length);
      double w = dice.between(-0.8, 0.8) * r;
      double size = dice.between(0.5, 1.6);
      Color spot = dice.chance(0.65) ? Palette.baked(dough, 0.42) : Palette.shade(dough, 1.25);
      Shape bubble =
          Outline.oval(
              a.getX() + ux * t - uy * w,
              a.getY() + uy * t + ux * w,
              size * 1.4,
              size * 0.8,
              Math.atan2(uy, ux));
      canvas.fillPixels(bubble, Palette.alpha(spot, 0.5));
    }
    wrap(canvas, a, ux, uy, length, r, dough);
    end(canvas, b, ux, uy, r, dough, filling);
  }

  /** The slanting edge of the last fold. */
  private static void wrap(
      Canvas canvas, Point2D a, double ux, double uy, double length, double r, Color dough) {
    double from = length * canvas.dice().between(0.2, 0.4);
    double to = from + length * canvas.dice().between(0.2, 0.35);
    double[] points = new double[10];
    for (int i = 0; i < 5; i++) {
      double t = from + (to - from) * i / 4;
      double w = r * (-0.95 + 1.9 * i / 4);
      points[2 * i] = a.getX() + ux * t - uy * w;
      points[2 * i + 1] = a.getY() + uy * t + ux * w;
    }
    canvas.linePixels(Outline.line(points), 1.2, Palette.alpha(Palette.baked(dough, 0.6), 0.75));
  }

  /** The end that faces the camera: folded in, or cut with the filling showing. */
  private static void end(
      Canvas canvas, Point2D b, double ux, double uy, double r, Color dough, Color filling) {
    double angle = Math.atan2(uy, ux);
    double depth = r * (0.35 + 0.35 * Math.abs(uy));
    if (filling == null) {
      Shape fold =
          Outline.oval(
              b.getX() + ux * r * 0.4, b.getY() + uy * r * 0.4, depth * 0.8, r * 0.8, angle);
      canvas.fillPixels(fold, Palette.alpha(Palette.baked(dough, 0.35), 0.55));
      return;
    }
    double x = b.getX() + ux * r * 0.55;
    double y = b.getY() + uy * r * 0.55;
    canvas.fillPixels(Outline.oval(x, y, depth, r, angle), Palette.shade(dough, 1.12));
    canvas.fillPixels(Outline.oval(x, y, depth * 0.78, r * 0.78, angle), filling);
    for (int i = 0; i < 5; i++) {
      canvas.fillPixels(
          Outline.oval(
              x + canvas.dice().gaussian(0.25) * r,
              y + canvas.dice().gaussian(0.25) * r,
              r * 0.2,
              r * 0.14,
              canvas.dice().angle()),
          Palette.accent(canvas.dice()));
    }
  }
}
