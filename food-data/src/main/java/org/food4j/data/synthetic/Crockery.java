package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.function.DoubleUnaryOperator;

/** What the food lies on or in. */
final class Crockery {
  /** Where the content of a bowl begins, in table units. */
  static final double BOWL_LEVEL = 0.4;

  /** How far the content of a bowl reaches from its middle. */
  static final double BOWL_RADIUS = 0.87;

  private static final double RIM = 0.48;

  private Crockery() {}

  /** A plate, a board, a slate, a leaf, a sheet of paper or nothing, for food in the unit disc. */
  static void below(Canvas canvas) {
    Dice dice = canvas.dice();
    double size = dice.between(1.08, 1.4);
    double kind = dice.between(0, 1);
    if (kind < 0.58) {
      plate(canvas, size);
    } else if (kind < 0.68) {
      squarePlate(canvas, size);
    } else if (kind < 0.84) {
      board(canvas, size);
    } else if (kind < 0.9) {
      paper(canvas, size);
    } else if (kind < 0.96) {
      leaf(canvas, size);
    }
  }

  static void plate(Canvas canvas, double size) {
    Dice dice = canvas.dice();
    Color glaze = Palette.ceramic(dice);
    Shape rim = Outline.disc(0, 0, size);
    canvas.shadow(rim, -0.06, 0.1);
    canvas.slab(rim, -0.06, 0, Palette.shade(glaze, 0.85), glaze);
    if (dice.chance(0.4)) {
      Color band = Palette.ceramic(dice);
      canvas.line(
          Outline.disc(0, 0, size * dice.between(0.9, 0.96)), 0, dice.between(0.015, 0.06), band);
    }
    if (dice.chance(0.15)) {
      Color dot = Palette.ceramic(dice);
      int dots = dice.count(14, 26);
      for (int i = 0; i < dots; i++) {
        double a = 2 * Math.PI * i / dots;
        double r = size * 0.9;
        canvas.fill(Outline.disc(r * Math.cos(a), r * Math.sin(a), 0.03), 0, dot);
      }
    }
    double well = size * dice.between(0.68, 0.84);
    canvas.top(Outline.disc(0, 0, well), 0, Palette.shade(glaze, 0.93), -0.07);
    canvas.top(Outline.disc(0, 0, well * 0.95), 0, Palette.shade(glaze, 0.99), 0.03);
  }

  private static void squarePlate(Canvas canvas, double size) {
    Color glaze = Palette.ceramic(canvas.dice());
    Shape rim = rounded(size, 8);
    canvas.shadow(rim, -0.06, 0.1);
    canvas.slab(rim, -0.06, 0, Palette.shade(glaze, 0.85), glaze);
    canvas.top(rounded(size * 0.82, 9), 0, Palette.shade(glaze, 0.95), -0.06);
  }

  private static void board(Canvas canvas, double size) {
    Dice dice = canvas.dice();
    boolean slate = dice.chance(0.25);
    Color wood = slate ? new Color(62, 66, 70) : Palette.wood(dice);
    boolean round = dice.chance(0.4);
    Shape face =
        round
            ? Outline.disc(0, 0, size)
            : Outline.box(0, 0, size * 1.25, size * dice.between(0.95, 1.1), 0);
    canvas.shadow(face, -0.08, 0.12);
    canvas.slab(face, -0.08, 0, Palette.shade(wood, 0.7), wood);
    for (int i = 0; i < 16; i++) {
      double y = dice.between(-0.95, 0.95) * size;
      double half = round ? Math.sqrt(size * size - y * y) : size * 1.25;
      double from = dice.between(-0.95, 0.4) * half;
      double to = dice.between(from, 0.95 * half);
      Color grain = Palette.alpha(Palette.shade(wood, dice.chance(0.6) ? 0.8 : 1.12), 0.6);
      canvas.line(Outline.line(from, y, to, y), 0, 0.015, grain);
    }
  }

  private static void paper(Canvas canvas, double size) {
    Dice dice = canvas.dice();
    Color sheet = Palette.fabric(dice);
    Shape face = Outline.box(0, 0, size * 1.1, size, dice.angle());
    canvas.shadow(face, 0, 0.02);
    canvas.top(face, 0, sheet, 0.06);
    for (int i = 0; i < 6; i++) {
      double a = dice.angle();
      double b = a + dice.between(2, 4);
      canvas.line(
          Outline.line(0.9 * Math.cos(a), 0.9 * Math.sin(a), 0.9 * Math.cos(b), 0.9 * Math.sin(b)),
          0,
          0.012,
          Palette.alpha(Palette.shade(sheet, 0.8), 0.5));
    }
  }

  private static void leaf(Canvas canvas, double size) {
    Color green = Palette.leaf(canvas.dice());
    Path2D face = Outline.oval(0, 0, size * 1.45, size * 1.02, 0);
    canvas.shadow(face, 0, 0.03);
    canvas.top(face, 0, green, 0.12);
    for (int i = -9; i <= 9; i++) {
      double x = i * size * 0.15;
      double half = size * Math.sqrt(Math.max(0, 1 - x * x / (2.1 * size * size)));
      canvas.line(
          Outline.line(x, half * 0.95, x - 0.1, 0, x, -half * 0.95),
          0,
          0.012,
          Palette.shade(green, 0.85));
    }
    canvas.line(Outline.line(-1.4 * size, 0, 1.4 * size, 0), 0, 0.03, Palette.shade(green, 1.25));
  }

  /** A bowl of the unit's radius; its content goes at {@link #BOWL_LEVEL}. */
  static void bowl(Canvas canvas) {
    Dice dice = canvas.dice();
    if (dice.chance(0.3)) {
      plate(canvas, dice.between(1.1, 1.35));
    }
    Color glaze = Palette.ceramic(dice);
    Color inside = dice.chance(0.6) ? glaze : Palette.ceramic(dice);
    canvas.shadow(Outline.disc(0, 0, 0.95), 0, 0.3);
    double[][] outside = {{0.55, 0}, {0.72, 0.1}, {0.9, 0.26}, {0.99, RIM}};
    canvas.turned(0, 0, outside, a -> 1, glaze);
    Shape rim = Outline.disc(0, 0, 0.995);
    canvas.covers(rim, RIM);
    canvas.covers(Outline.disc(0, 0, 0.6), 0);
    canvas.top(rim, RIM, Palette.shade(glaze, 1.08), 0.1);
    canvas.top(Outline.disc(0, 0, 0.94), RIM, Palette.shade(inside, 0.72), -0.16);
  }

  /** A little bowl of sauce beside the food. */
  static void dip(Canvas canvas, double x, double y, double radius) {
    Dice dice = canvas.dice();
    Color glaze = Palette.ceramic(dice);
    Color sauce = Palette.sauce(dice);
    double[][] outside = {{radius * 0.7, 0}, {radius, radius * 0.55}};
    DoubleUnaryOperator round = a -> 1;
    canvas.shadow(Outline.disc(x, y, radius), 0, radius * 0.5);
    canvas.turned(x, y, outside, round, glaze);
    double z = radius * 0.55;
    canvas.top(Outline.disc(x, y, radius), z, Palette.shade(glaze, 1.05), 0.08);
    canvas.top(Outline.disc(x, y, radius * 0.88), z, Palette.shade(glaze, 0.7), -0.1);
    canvas.top(Outline.disc(x, y, radius * 0.82), z * 0.85, sauce, 0.1);
    canvas.line(
        Outline.oval(x, y, radius * 0.5, radius * 0.35, dice.angle()),
        z * 0.85,
        0.02,
        Palette.alpha(Palette.shade(sauce, 1.25), 0.6));
  }

  /** A square with rounded sides: a super-ellipse of that power. */
  private static Path2D rounded(double half, double power) {
    return Outline.polar(
        0,
        0,
        60,
        a ->
            half
                * Math.pow(
                    Math.pow(Math.abs(Math.cos(a)), power) + Math.pow(Math.abs(Math.sin(a)), power),
                    -1 / power));
  }
}
