package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** A round bun with a domed, seeded top over a stack of round layers, seen from the side. */
final class Burger implements Dish {
  private static final double WIDTH = 0.88;

  @Override
  public String name() {
    return "burger";
  }

  @Override
  public double lowestTilt() {
    return 0.22;
  }

  @Override
  public double highestTilt() {
    return 0.55;
  }

  @Override
  public double height() {
    return 1.1;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color bun = Palette.baked(Palette.dough(dice), dice.between(0, 0.2));
    Shape foot = Outline.disc(0, 0, WIDTH);
    canvas.shadow(foot, 0, 0.35);
    double z = 0.2;
    double[][] heel = {{WIDTH * 0.9, 0}, {WIDTH, 0.08}, {WIDTH, z}};
    canvas.turned(0, 0, heel, a -> 1, bun);
    canvas.top(Outline.disc(0, 0, WIDTH), z, Palette.shade(bun, 1.25), 0.05);
    canvas.covers(foot, 0);
    boolean saladBelow = dice.chance(0.5);
    if (saladBelow) {
      z = salad(canvas, z);
    }
    z = patty(canvas, z);
    if (dice.chance(0.75)) {
      z = cheese(canvas, z);
    }
    if (dice.chance(0.25)) {
      z = patty(canvas, z);
    }
    if (dice.chance(0.6)) {
      z = slices(canvas, z);
    }
    if (!saladBelow || dice.chance(0.3)) {
      z = salad(canvas, z);
    }
    crown(canvas, z, bun);
  }

  private static double salad(Canvas canvas, double z) {
    Dice dice = canvas.dice();
    Color green = dice.chance(0.75) ? Palette.leaf(dice) : Palette.accent(dice);
    for (int layer = 0; layer < 3; layer++) {
      int waves = dice.count(13, 19);
      double phase = dice.angle();
      Shape frill =
          Outline.polar(0, 0, 110, a -> WIDTH * (1.06 + 0.07 * Math.sin(waves * a + phase)));
      double at = z + 0.03 * layer;
      canvas.top(frill, at, Palette.shade(green, 0.7 + 0.2 * layer), 0.2);
      canvas.covers(frill, at);
    }
    return z + 0.07;
  }

  private static double patty(Canvas canvas, double z) {
    Dice dice = canvas.dice();
    double thick = dice.between(0.16, 0.22);
    Color meat = Palette.baked(dice.chance(0.7) ? Palette.sauce(dice) : Palette.dough(dice), 0.55);
    Shape slab = Outline.polar(0, 0, 60, Outline.wobble(WIDTH * 1.01, 0.05, dice));
    canvas.slab(slab, z, z + thick, meat, meat);
    for (int i = 0; i < 60; i++) {
      double a = dice.angle();
      Point2D p =
          canvas
              .camera()
              .at(WIDTH * Math.cos(a), WIDTH * Math.sin(a), z + thick * dice.between(0.1, 0.9));
      if (p.getY() > canvas.camera().at(0, 0, z + thick).getY()) {
        Color tone = Palette.shade(meat, dice.chance(0.5) ? 0.55 : 1.14);
        canvas.fillPixels(
            Outline.oval(p.getX(), p.getY(), 1.3, 0.9, dice.angle()), Palette.alpha(tone, 0.7));
      }
    }
    return z + thick;
  }

  /** A square slice whose corners hang down. */
  private static double cheese(Canvas canvas, double z) {
    Dice dice = canvas.dice();
    Color color = dice.chance(0.5) ? Palette.sauce(dice) : Palette.dough(dice);
    double turn = dice.angle();
    double droop = dice.between(0.1, 0.2);
    canvas.top(Outline.disc(0, 0, WIDTH * 1.02), z, color, 0.12);
    for (int i = 0; i < 4; i++) {
      double a = turn + i * Math.PI / 2;
      Point2D left = edge(canvas, a - 0.5, 1.02, z);
      Point2D tip = edge(canvas, a, 1.1, z - droop);
      Point2D right = edge(canvas, a + 0.5, 1.02, z);
      if (tip.getY() < canvas.camera().at(0, 0, z).getY()) {
        continue;
      }
      Path2D corner = new Path2D.Double();
      corner.moveTo(left.getX(), left.getY());
      corner.quadTo(
          (left.getX() + tip.getX()) / 2,
          left.getY() * 0.3 + tip.getY() * 0.7,
          tip.getX(),
          tip.getY());
      corner.quadTo(
          (right.getX() + tip.getX()) / 2,
          right.getY() * 0.3 + tip.getY() * 0.7,
          right.getX(),
          right.getY());
      corner.closePath();
      canvas.fillPixels(corner, canvas.lit(corner, color, 0.12));
    }
    return z + 0.03;
  }

  private static Point2D edge(Canvas canvas, double angle, double share, double z) {
    return canvas.camera().at(WIDTH * share * Math.cos(angle), WIDTH * share * Math.sin(angle), z);
  }

  /** Slices of tomato or onion that look out. */
  private static double slices(Canvas canvas, double z) {
    Dice dice = canvas.dice();
    Color color = Palette.accent(dice);
    double turn = dice.angle();
    for (int i = 0; i < 3; i++) {
      double a = turn + i * 2 * Math.PI / 3;
      Shape round = Outline.disc(0.36 * Math.cos(a), 0.36 * Math.sin(a), 0.52);
      canvas.slab(round, z, z + 0.07, Palette.shade(color, 0.9), Palette.shade(color, 1.12));
    }
    return z + 0.07;
  }

  private static void crown(Canvas canvas, double z, Color bun) {
    Dice dice = canvas.dice();
    double rise = dice.between(0.36, 0.46);
    double[][] dome = {
      {WIDTH * 0.97, z},
      {WIDTH * 1.02, z + rise * 0.18},
      {WIDTH * 0.98, z + rise * 0.42},
      {WIDTH * 0.84, z + rise * 0.68},
      {WIDTH * 0.58, z + rise * 0.88},
      {WIDTH * 0.3, z + rise * 0.97},
      {WIDTH * 0.05, z + rise}
    };
    canvas.turned(0, 0, dome, a -> 1, bun);
    canvas.covers(0, 0, dome);
    Shape face = canvas.project(Outline.disc(0, 0, WIDTH * 0.78), z + rise * 0.7);
    canvas.glow(face, 0.4);
    if (dice.chance(0.85)) {
      Color seed = dice.chance(0.85) ? new Color(248, 236, 205) : new Color(40, 34, 32);
      for (int i = dice.count(34, 60); i > 0; i--) {
        double a = dice.angle();
        double at = z + rise * dice.between(0.5, 0.99);
        double r = Canvas.radiusAt(dome, at);
        Point2D p = canvas.camera().at(r * Math.cos(a), r * Math.sin(a), at);
        double size = canvas.camera().scale() * 0.028;
        canvas.fillPixels(
            Outline.oval(p.getX() + 0.4, p.getY() + 0.6, size * 1.3, size * 0.8, a),
            Palette.alpha(Palette.baked(bun, 0.6), 0.6));
        canvas.fillPixels(Outline.oval(p.getX(), p.getY(), size * 1.25, size * 0.75, a), seed);
      }
    }
  }
}
