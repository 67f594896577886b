package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.util.function.DoubleUnaryOperator;

/** A round pastry with a fluted rim; fruit or strips lie on it in rings or a lattice. */
final class Tart implements Dish {
  private static final double RIM = 0.17;
  private static final double LEVEL = 0.13;
  private static final double FILLED = 0.83;

  @Override
  public String name() {
    return "tart";
  }

  @Override
  public double lowestTilt() {
    return 0.6;
  }

  @Override
  public double highestTilt() {
    return 1;
  }

  @Override
  public double height() {
    return RIM;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color pastry = Palette.baked(Palette.dough(dice), dice.between(0, 0.2));
    int flutes = dice.count(22, 32);
    double share = dice.between(0.055, 0.085);
    DoubleUnaryOperator form = Outline.fluted(1, flutes, share);
    Shape foot = Outline.polar(0, 0, 96, a -> 0.86 * form.applyAsDouble(a));
    Shape rim = Outline.polar(0, 0, 6 * flutes, a -> 0.98 * form.applyAsDouble(a));
    canvas.shadow(rim, 0, 0.14);
    canvas.slab(foot, 0, RIM * 0.5, Palette.shade(pastry, 0.8), pastry);
    canvas.slab(rim, RIM * 0.5, RIM, Palette.shade(pastry, 0.88), Palette.shade(pastry, 1.06));
    canvas.covers(foot, 0);
    canvas.covers(rim, RIM);
    for (int i = 0; i < flutes; i++) {
      double a = 2 * Math.PI * i / flutes;
      double c = Math.cos(a);
      double s = Math.sin(a);
      Shape notch = Outline.line(0.85 * c, 0.85 * s, 0.93 * c, 0.93 * s);
      canvas.line(notch, RIM, 0.03, Palette.baked(pastry, 0.4));
    }
    Color filling = dice.chance(0.5) ? Palette.sauce(dice) : Palette.dough(dice);
    canvas.top(Outline.disc(0, 0, FILLED + 0.02), RIM, Palette.baked(pastry, 0.45), -0.1);
    canvas.top(Outline.disc(0, 0, FILLED), LEVEL, filling, 0.1);
    switch (dice.count(0, 3)) {
      case 0 -> lattice(canvas, pastry);
      case 1 -> berries(canvas);
      case 2 -> fans(canvas);
      default -> rounds(canvas);
    }
    if (dice.chance(0.25)) {
      Toppings.herbs(canvas, 0.7, LEVEL);
    }
  }

  private static void lattice(Canvas canvas, Color pastry) {
    Dice dice = canvas.dice();
    double turn = dice.angle();
    int strips = dice.count(4, 6);
    double step = 2 * FILLED / strips;
    for (int way = 0; way < 2; way++) {
      double a = turn + way * Math.PI / 2;
      for (int i = 0; i < strips; i++) {
        double off = -FILLED + step * (i + 0.5);
        double half = Math.sqrt(FILLED * FILLED - off * off) * 0.98;
        Shape strip = Outline.box(-off * Math.sin(a), off * Math.cos(a), half, step * 0.27, a);
        canvas.shadow(strip, LEVEL, 0.02);
        canvas.top(strip, RIM, pastry, 0.14);
        canvas.line(
            Outline.line(
                -off * Math.sin(a) - half * 0.9 * Math.cos(a),
                off * Math.cos(a) - half * 0.9 * Math.sin(a),
                -off * Math.sin(a) + half * 0.9 * Math.cos(a),
                off * Math.cos(a) + half * 0.9 * Math.sin(a)),
            RIM,
            step * 0.12,
            Palette.alpha(Palette.baked(pastry, 0.35), 0.5));
      }
    }
  }

  private static void berries(Canvas canvas) {
    Dice dice = canvas.dice();
    Color[] colors = {Palette.accent(dice), Palette.accent(dice)};
    double size = dice.between(0.1, 0.135);
    int ring = 0;
    for (double r = FILLED - size * 1.1; r > size * 1.4; r -= size * 2.05, ring++) {
      int count = (int) (2 * Math.PI * r / (size * 2.02));
      for (int i = 0; i < count; i++) {
        double a = 2 * Math.PI * i / count;
        Toppings.ball(
            canvas, r * Math.cos(a), r * Math.sin(a), LEVEL, size * 0.95, colors[ring % 2]);
      }
    }
    Toppings.ball(canvas, 0, 0, LEVEL, size, colors[ring % 2]);
  }

  /** Half-moons of apple or peach, each leaning on the next. */
  private static void fans(Canvas canvas) {
    Dice dice = canvas.dice();
    Color fruit = Palette.accent(dice);
    Color skin = Palette.shade(Palette.accent(dice), 0.85);
    for (double r : new double[] {0.62, 0.3}) {
      int count = r > 0.5 ? dice.count(13, 18) : dice.count(7, 9);
      for (int i = 0; i < count; i++) {
        double a = 2 * Math.PI * i / count;
        double x = r * Math.cos(a);
        double y = r * Math.sin(a);
        Shape moon = Outline.oval(x, y, 0.2, 0.105, a + 0.35);
        canvas.shadow(moon, LEVEL, 0.012);
        canvas.top(moon, LEVEL, skin, 0.1);
        Color flesh = Palette.shade(fruit, 1.16);
        canvas.top(Outline.oval(x - 0.012, y - 0.012, 0.175, 0.078, a + 0.35), LEVEL, flesh, 0.16);
      }
    }
    Toppings.ball(canvas, 0, 0, LEVEL, 0.1, Palette.accent(dice));
  }

  /** Round slices in one or two rings around one in the middle. */
  private static void rounds(Canvas canvas) {
    Dice dice = canvas.dice();
    Color color = Palette.accent(dice);
    int kind = dice.chance(0.5) ? 6 : 0;
    int count = dice.count(7, 9);
    double turn = dice.angle();
    for (int i = 0; i < count; i++) {
      double a = turn + 2 * Math.PI * i / count;
      Toppings.any(
          canvas,
          kind,
          0.58 * Math.cos(a),
          0.58 * Math.sin(a),
          LEVEL,
          0.54 * Math.PI / count,
          color);
    }
    Toppings.any(canvas, kind, 0, 0, LEVEL, 0.26, color);
  }
}
