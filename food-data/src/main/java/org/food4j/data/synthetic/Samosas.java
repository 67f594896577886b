package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** Fried three-cornered parcels: faces that meet in a ridge, and a crimped seam. */
final class Samosas implements Dish {
  @Override
  public String name() {
    return "samosa";
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
    return 0.3;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color dough = Palette.baked(Palette.dough(dice), dice.between(0, 0.22));
    Layout layout = Layout.of(dice.count(2, 4), canvas);
    for (int i = 0; i < layout.places().size(); i++) {
      double[] place = layout.places().get(i);
      if (layout.isDip(i)) {
        Crockery.dip(canvas, place[0], place[1], layout.radius() * 0.72);
      } else {
        Color own = Palette.shade(dough, dice.between(0.92, 1.06));
        // A triangle leaves much of its disc free: larger pieces, closer together.
        parcel(canvas, 0.86 * place[0], 0.86 * place[1], layout.radius() * 1.18, own);
      }
    }
    if (dice.chance(0.5)) {
      Toppings.herbs(canvas, 0.95, 0.02);
    }
  }

  private static void parcel(Canvas canvas, double x, double y, double size, Color dough) {
    Dice dice = canvas.dice();
    double turn = dice.angle();
    double[] cx = new double[3];
    double[] cy = new double[3];
    for (int i = 0; i < 3; i++) {
      double a = turn + i * 2 * Math.PI / 3 + dice.gaussian(0.09);
      double r = size * dice.between(0.94, 1.06);
      cx[i] = x + r * Math.cos(a);
      cy[i] = y + r * Math.sin(a);
    }
    Path2D base = new Path2D.Double();
    base.moveTo(cx[0], cy[0]);
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      base.quadTo(bulge(cx[i], cx[j], x), bulge(cy[i], cy[j], y), cx[j], cy[j]);
    }
    base.closePath();
    canvas.shadow(base, 0, 0.16);
    canvas.slab(base, 0, 0.05, Palette.shade(dough, 0.75), Palette.shade(dough, 0.9));
    canvas.covers(base, 0);
    double ax = x + dice.gaussian(0.12) * size;
    double ay = y + dice.gaussian(0.12) * size;
    Point2D apex = canvas.camera().at(ax, ay, dice.between(0.5, 0.62) * size);
    Point2D middle = canvas.camera().at(x, y, 0.05);
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      Point2D from = canvas.camera().at(cx[i], cy[i], 0.05);
      Point2D to = canvas.camera().at(cx[j], cy[j], 0.05);
      Point2D out = canvas.camera().at(bulge(cx[i], cx[j], x), bulge(cy[i], cy[j], y), 0.05);
      double light =
          canvas.facing(
              (from.getX() + to.getX()) / 2 - middle.getX(),
              (from.getY() + to.getY()) / 2 - middle.getY());
      Path2D face = new Path2D.Double();
      face.moveTo(apex.getX(), apex.getY());
      face.lineTo(from.getX(), from.getY());
      face.quadTo(out.getX(), out.getY(), to.getX(), to.getY());
      face.closePath();
      Color tone = Palette.shade(dough, 0.96 + 0.24 * light);
      canvas.fillPixels(face, canvas.lit(face, tone, 0.07));
      canvas.covers(face);
      blister(canvas, apex, from, to, tone);
    }
    for (int i = 0; i < 3; i++) {
      Point2D corner = canvas.camera().at(cx[i], cy[i], 0.05);
      canvas.linePixels(
          Outline.line(apex.getX(), apex.getY(), corner.getX(), corner.getY()),
          1.3,
          Palette.alpha(Palette.shade(dough, 1.28), 0.6));
    }
    crimp(canvas, cx, cy, dice.count(0, 2), dough);
  }

  /** The control point that bends an edge outwards. */
  private static double bulge(double from, double to, double centre) {
    double middle = (from + to) / 2;
    return middle + (middle - centre) * 0.42;
  }

  /** Bubbles of the frying, inside one face. */
  private static void blister(Canvas canvas, Point2D apex, Point2D a, Point2D b, Color tone) {
    Dice dice = canvas.dice();
    for (int i = 0; i < 9; i++) {
      double u = dice.between(0, 1);
      double v = dice.between(0, 1 - u);
      double x = apex.getX() + u * (a.getX() - apex.getX()) + v * (b.getX() - apex.getX());
      double y = apex.getY() + u * (a.getY() - apex.getY()) + v * (b.getY() - apex.getY());
      double r = dice.between(0.5, 1.7);
      Shape bubble = Outline.oval(x, y, r, r * dice.between(0.5, 1), dice.angle());
      Color color = dice.chance(0.6) ? Palette.baked(tone, 0.4) : Palette.shade(tone, 1.16);
      canvas.fillPixels(bubble, Palette.alpha(color, 0.55));
    }
  }

  /** The pressed seam along one edge. */
  private static void crimp(Canvas canvas, double[] cx, double[] cy, int edge, Color dough) {
    int j = (edge + 1) % 3;
    double dx = cx[j] - cx[edge];
    double dy = cy[j] - cy[edge];
    double px = (cx[0] + cx[1] + cx[2]) / 3;
    double py = (cy[0] + cy[1] + cy[2]) / 3;
    for (int i = 1; i < 9; i++) {
      double t = i / 9.0;
      double bow = 0.84 * t * (1 - t);
      double x = cx[edge] + dx * t + ((cx[edge] + cx[j]) / 2 - px) * bow;
      double y = cy[edge] + dy * t + ((cy[edge] + cy[j]) / 2 - py) * bow;
      Shape tick = Outline.line(x, y, x + (px - x) * 0.13, y + (py - y) * 0.13);
      canvas.line(tick, 0.05, 0.025, Palette.baked(dough, 0.5));
    }
  }
}
