package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.util.function.DoubleUnaryOperator;

/** A flat round loaf with a puffed rim, toppings strewn at random, and straight cuts. */
final class Pizza implements Dish {
  private static final double TOP = 0.07;

  @Override
  public String name() {
    return "pizza";
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
    return 0.1;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color dough = Palette.dough(dice);
    DoubleUnaryOperator rim = Outline.wobble(0.96, 0.045, dice);
    int slices = dice.count(3, 4) * 2;
    double start = dice.angle();
    double missing = dice.chance(0.3) ? 2 * Math.PI / slices : 0;
    double end = start + 2 * Math.PI - missing;
    Shape loaf = shape(start, end, missing, rim);
    canvas.shadow(loaf, 0, 0.08);
    canvas.slab(loaf, 0, TOP, Palette.baked(dough, 0.25), Palette.baked(dough, 0.12));
    canvas.covers(loaf, 0);
    canvas.covers(loaf, TOP);
    rim(canvas, dough, start, end, rim);
    double border = dice.between(0.8, 0.86);
    layer(canvas, start, end, missing, border, Palette.sauce(dice), 0.04);
    Color cheese = Palette.mix(Palette.dough(dice), Palette.sauce(dice), dice.between(0, 0.5));
    layer(canvas, start, end, missing, border - dice.between(0.03, 0.07), cheese, 0.08);
    for (int i = 0; i < 26; i++) {
      double a = dice.between(start, end);
      double r = 0.7 * Math.sqrt(dice.between(0, 1));
      Shape patch =
          Outline.blob(r * Math.cos(a), r * Math.sin(a), dice.between(0.03, 0.11), 0.4, dice);
      double tone = dice.chance(0.5) ? dice.between(1.05, 1.25) : dice.between(0.75, 0.92);
      canvas.fill(patch, TOP, Palette.alpha(Palette.shade(cheese, tone), 0.6));
    }
    strew(canvas, start, end, border);
    for (int i = 0; i < slices; i++) {
      double a = start + 2 * Math.PI * i / slices;
      double r = rim.applyAsDouble(a) * 0.985;
      Shape cut = Outline.line(0, 0, r * Math.cos(a), r * Math.sin(a));
      canvas.line(cut, TOP, 0.028, Palette.baked(Palette.shade(cheese, 0.55), 0.35));
    }
    if (dice.chance(0.4)) {
      Toppings.herbs(canvas, 0.75, TOP);
    }
  }

  private static Shape shape(double start, double end, double missing, DoubleUnaryOperator radius) {
    return missing == 0 ? Outline.polar(0, 0, 64, radius) : Outline.wedge(start, end, radius);
  }

  private static void layer(
      Canvas canvas,
      double start,
      double end,
      double missing,
      double r,
      Color color,
      double share) {
    DoubleUnaryOperator edge = Outline.wobble(r, share, canvas.dice());
    canvas.top(shape(start, end, missing, edge), TOP, color, 0.08);
  }

  /** Light and charred bubbles along the rim. */
  private static void rim(
      Canvas canvas, Color dough, double start, double end, DoubleUnaryOperator rim) {
    Dice dice = canvas.dice();
    for (int i = 0; i < 42; i++) {
      double a = dice.between(start + 0.05, end - 0.05);
      double r = rim.applyAsDouble(a) * dice.between(0.87, 0.96);
      double along = dice.between(0.03, 0.085);
      Color tone =
          dice.chance(0.45)
              ? Palette.baked(dough, dice.between(0.3, 0.75))
              : Palette.shade(dough, dice.between(0.98, 1.2));
      Shape bubble =
          Outline.oval(r * Math.cos(a), r * Math.sin(a), along, along * 0.5, a + Math.PI / 2);
      canvas.fill(bubble, TOP, Palette.alpha(tone, 0.75));
    }
  }

  private static void strew(Canvas canvas, double start, double end, double border) {
    Dice dice = canvas.dice();
    for (int kinds = dice.count(1, 3); kinds > 0; kinds--) {
      int kind = dice.count(0, 5);
      Color color = Palette.accent(dice);
      double size = dice.between(0.085, 0.14);
      for (int i = dice.count(5, 11); i > 0; i--) {
        double a = dice.between(start + 0.12, end - 0.12);
        double r = (border - 0.13) * Math.sqrt(dice.between(0.02, 1));
        Toppings.any(canvas, kind, r * Math.cos(a), r * Math.sin(a), TOP, size, color);
      }
    }
  }
}
