package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.function.DoubleUnaryOperator;

/** Steamed dumplings: round, with pleats that swirl up into a twisted knot. */
final class Momos implements Dish {
  @Override
  public String name() {
    return "momos";
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
    return 0.32;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color dough = Palette.dough(dice);
    Layout layout = Layout.of(dice.count(2, 6), canvas);
    for (int i = 0; i < layout.places().size(); i++) {
      double[] place = layout.places().get(i);
      if (layout.isDip(i)) {
        Crockery.dip(canvas, place[0], place[1], layout.radius() * 0.8);
      } else {
        dumpling(canvas, place[0], place[1], layout.radius(), dough);
      }
    }
    if (dice.chance(0.5)) {
      Toppings.herbs(canvas, 0.9, 0.1);
    }
  }

  private static void dumpling(Canvas canvas, double x, double y, double r, Color dough) {
    Dice dice = canvas.dice();
    int pleats = dice.count(11, 15);
    double swirl = dice.between(0.6, 1.1) * (dice.chance(0.5) ? 1 : -1);
    double turn = dice.angle();
    double[][] profile = {
      {r * 0.9, 0},
      {r, r * 0.18},
      {r * 0.93, r * 0.36},
      {r * 0.7, r * 0.56},
      {r * 0.36, r * 0.68},
      {r * 0.16, r * 0.74}
    };
    DoubleUnaryOperator folded = a -> Outline.fluted(1, pleats, 0.05).applyAsDouble(a - turn);
    Shape foot = Outline.disc(x, y, r);
    canvas.shadow(foot, 0, r * 0.5);
    canvas.turned(x, y, profile, folded, dough);
    canvas.covers(x, y, profile);
    canvas.glow(canvas.project(Outline.disc(x, y, r * 0.95), r * 0.3), 0.45);
    for (int i = 0; i < pleats; i++) {
      double a = turn + 2 * Math.PI * i / pleats;
      Path2D crease = new Path2D.Double();
      Path2D ridge = new Path2D.Double();
      for (int k = 0; k <= 6; k++) {
        double up = k / 6.0;
        double z = r * (0.2 + 0.53 * up);
        double d = Canvas.radiusAt(profile, z);
        double bend = a + swirl * up * up;
        add(canvas, crease, x + d * Math.cos(bend), y + d * Math.sin(bend), z);
        double next = bend + 0.42 * Math.PI / pleats;
        add(canvas, ridge, x + d * Math.cos(next), y + d * Math.sin(next), z);
      }
      double scale = canvas.camera().scale() * r;
      canvas.linePixels(crease, scale * 0.06, Palette.alpha(Palette.baked(dough, 0.55), 0.75));
      canvas.linePixels(ridge, scale * 0.05, Palette.alpha(Palette.shade(dough, 1.3), 0.5));
    }
    double top = r * 0.74;
    double[][] knot = {{r * 0.18, top}, {r * 0.2, top + r * 0.07}, {r * 0.1, top + r * 0.14}};
    canvas.turned(x, y, knot, a -> 1, Palette.shade(dough, 1.02));
    canvas.covers(x, y, knot);
    canvas.fill(Outline.disc(x, y, r * 0.06), top + r * 0.14, Palette.baked(dough, 0.5));
  }

  private static void add(Canvas canvas, Path2D path, double x, double y, double z) {
    Point2D p = canvas.camera().at(x, y, z);
    Outline.add(path, p.getX(), p.getY());
  }
}
