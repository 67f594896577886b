package org.food4j.data.synthetic;

import java.awt.Color;

/** What lies on noodles and on rice alike: half an egg, slices, greens, herbs. */
final class BowlToppings {
  private BowlToppings() {}

  /** Covers up to a third of a bowl's content at that height. */
  static void some(Canvas canvas, double z) {
    Dice dice = canvas.dice();
    double side = dice.angle();
    int groups = dice.count(0, 3);
    for (int g = 0; g < groups; g++) {
      double a = side + g * dice.between(0.7, 1.3);
      double x = 0.52 * Math.cos(a);
      double y = 0.52 * Math.sin(a);
      Color color = Palette.accent(dice);
      if (dice.chance(0.3)) {
        egg(canvas, x, y, z);
        continue;
      }
      int kind = dice.count(0, Toppings.KINDS - 1);
      double size = dice.between(0.1, 0.17);
      for (int i = dice.count(2, 5); i > 0; i--) {
        Toppings.any(
            canvas, kind, x + dice.gaussian(0.11), y + dice.gaussian(0.11), z, size, color);
      }
    }
    if (dice.chance(0.6)) {
      Toppings.herbs(canvas, 0.7, z);
    }
  }

  private static void egg(Canvas canvas, double x, double y, double z) {
    double a = canvas.dice().angle();
    canvas.shadow(Outline.oval(x, y, 0.25, 0.19, a), z, 0.05);
    canvas.top(Outline.oval(x, y, 0.25, 0.19, a), z + 0.03, new Color(247, 243, 232), 0.08);
    canvas.top(
        Outline.disc(x + 0.03 * Math.cos(a), y + 0.03 * Math.sin(a), 0.11),
        z + 0.03,
        new Color(240, 170, 40),
        0.18);
  }
}
