package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Small things that lie on food of every class. */
final class Toppings {
  /** How many kinds {@link #any} knows. */
  static final int KINDS = 7;

  private Toppings() {}

  /** Any of the toppings at a place. */
  static void any(Canvas canvas, int kind, double x, double y, double z, double r, Color color) {
    switch (kind) {
      case 0 -> slice(canvas, x, y, z, r, color);
      case 1 -> ring(canvas, x, y, z, r * 0.8, color);
      case 2 -> strip(canvas, x, y, z, r, color);
      case 3 -> leaf(canvas, x, y, z, r * 1.4, color);
      case 4 -> ball(canvas, x, y, z, r * 0.7, color);
      case 5 -> mushroom(canvas, x, y, z, r, color);
      default -> citrus(canvas, x, y, z, r, color);
    }
  }

  /** A slice of sausage, beet or aubergine. */
  static void slice(Canvas canvas, double x, double y, double z, double r, Color color) {
    Dice dice = canvas.dice();
    Shape face = Outline.blob(x, y, r, 0.08, dice);
    canvas.shadow(face, z, 0.015);
    canvas.top(face, z, Palette.shade(color, 0.74), 0.1);
    canvas.top(Outline.disc(x, y, r * 0.84), z, color, 0.12);
    for (int i = 0; i < 4; i++) {
      canvas.fill(
          Outline.disc(x + dice.gaussian(0.35) * r, y + dice.gaussian(0.35) * r, r * 0.12),
          z,
          Palette.alpha(Palette.shade(color, 1.3), 0.6));
    }
  }

  /** A ring of olive, onion or pepper. */
  static void ring(Canvas canvas, double x, double y, double z, double r, Color color) {
    Shape circle = Outline.disc(x, y, r * 0.72);
    canvas.line(circle, z, r * 0.62, Palette.shade(color, 0.62));
    canvas.line(circle, z, r * 0.42, color);
  }

  /** A bent strip of pepper or onion. */
  static void strip(Canvas canvas, double x, double y, double z, double r, Color color) {
    double a = canvas.dice().angle();
    Path2D arc = new Path2D.Double();
    for (int i = 0; i <= 6; i++) {
      double t = a + i * 0.32;
      Outline.add(arc, x + r * (Math.cos(t) - 0.5), y + r * (Math.sin(t) - 0.5));
    }
    canvas.line(arc, z, r * 0.42, Palette.shade(color, 0.7));
    canvas.line(arc, z + 0.01, r * 0.28, color);
  }

  static void leaf(Canvas canvas, double x, double y, double z, double r, Color color) {
    double a = canvas.dice().angle();
    double c = Math.cos(a) * r;
    double s = Math.sin(a) * r;
    Path2D blade = new Path2D.Double();
    blade.moveTo(x - c, y - s);
    blade.quadTo(x - s * 0.75, y + c * 0.75, x + c, y + s);
    blade.quadTo(x + s * 0.75, y - c * 0.75, x - c, y - s);
    canvas.shadow(blade, z, 0.015);
    canvas.top(blade, z, color, 0.18);
    canvas.line(
        Outline.line(x - c * 0.9, y - s * 0.9, x + c * 0.8, y + s * 0.8),
        z,
        r * 0.07,
        Palette.shade(color, 1.3));
  }

  /** A berry, a pea, a small tomato. */
  static void ball(Canvas canvas, double x, double y, double z, double r, Color color) {
    canvas.shadow(Outline.disc(x, y, r), z, 0.03);
    Shape sphere = canvas.project(Outline.disc(x, y, r), z + r * 0.6);
    canvas.fillPixels(sphere, color);
    canvas.glow(sphere, 0.85);
  }

  static void mushroom(Canvas canvas, double x, double y, double z, double r, Color color) {
    double a = canvas.dice().angle();
    double dx = Math.cos(a) * r * 0.6;
    double dy = Math.sin(a) * r * 0.6;
    Color flesh = Palette.mix(color, new Color(236, 222, 200), 0.55);
    canvas.line(Outline.line(x, y, x + dx, y + dy), z, r * 0.6, Palette.shade(flesh, 0.9));
    Shape cap = Outline.oval(x - dx * 0.6, y - dy * 0.6, r, r * 0.62, a + Math.PI / 2);
    canvas.top(cap, z, Palette.shade(flesh, 0.72), 0.1);
    canvas.top(
        Outline.oval(x - dx * 0.5, y - dy * 0.5, r * 0.8, r * 0.42, a + Math.PI / 2),
        z,
        flesh,
        0.1);
  }

  /** A round slice with segments: lemon, orange, tomato. */
  static void citrus(Canvas canvas, double x, double y, double z, double r, Color color) {
    canvas.top(Outline.disc(x, y, r), z, color, 0.12);
    canvas.fill(Outline.disc(x, y, r * 0.86), z, Palette.shade(color, 1.45));
    double turn = canvas.dice().angle();
    for (int i = 0; i < 7; i++) {
      double a = turn + i * 2 * Math.PI / 7;
      double b = a + 2 * Math.PI / 7 * 0.84;
      canvas.fill(
          Outline.polygon(
              x + r * 0.12 * Math.cos((a + b) / 2), y + r * 0.12 * Math.sin((a + b) / 2),
              x + r * 0.76 * Math.cos(a), y + r * 0.76 * Math.sin(a),
              x + r * 0.8 * Math.cos((a + b) / 2), y + r * 0.8 * Math.sin((a + b) / 2),
              x + r * 0.76 * Math.cos(b), y + r * 0.76 * Math.sin(b)),
          z,
          Palette.shade(color, 0.96));
    }
  }

  /** A bit of some topping or other. */
  static void scrap(Canvas canvas, double x, double y, double z) {
    Dice dice = canvas.dice();
    Color color = dice.chance(0.5) ? Palette.accent(dice) : Palette.dough(dice);
    canvas.top(Outline.blob(x, y, dice.between(0.05, 0.16), 0.5, dice), z, color, 0.15);
  }

  /** A few chopped herbs over everything within a radius. */
  static void herbs(Canvas canvas, double radius, double z) {
    Dice dice = canvas.dice();
    Color green = dice.chance(0.7) ? Palette.leaf(dice) : Palette.accent(dice);
    for (int i = dice.count(5, 26); i > 0; i--) {
      double a = dice.angle();
      double r = radius * Math.sqrt(dice.between(0, 1));
      double x = r * Math.cos(a);
      double y = r * Math.sin(a);
      double b = dice.angle();
      double half = dice.between(0.01, 0.035);
      canvas.line(
          Outline.line(x, y, x + half * Math.cos(b), y + half * Math.sin(b)),
          z,
          dice.between(0.02, 0.04),
          Palette.shade(green, dice.between(0.7, 1.15)));
    }
  }
}
