package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;

/** Steamed cakes: smooth, low, round, with fine pores and no fold anywhere. */
final class Idlis implements Dish {
  @Override
  public String name() {
    return "idli";
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
    return 0.22;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color batter = Palette.dough(dice);
    Layout layout = Layout.of(dice.count(2, 5), canvas);
    for (int i = 0; i < layout.places().size(); i++) {
      double[] place = layout.places().get(i);
      if (layout.isDip(i)) {
        Crockery.dip(canvas, place[0], place[1], layout.radius() * 0.8);
      } else {
        cake(canvas, place[0], place[1], layout.radius() * 0.99, batter);
      }
    }
    if (dice.chance(0.5)) {
      Toppings.herbs(canvas, 0.9, 0.12);
    }
  }

  private static void cake(Canvas canvas, double x, double y, double r, Color batter) {
    Dice dice = canvas.dice();
    double[][] profile = {
      {r * 0.8, 0}, {r, r * 0.17}, {r * 0.96, r * 0.26}, {r * 0.86, r * 0.32}, {r * 0.7, r * 0.35}
    };
    Shape foot = Outline.disc(x, y, r);
    canvas.shadow(foot, 0, r * 0.4);
    canvas.turned(x, y, profile, a -> 1, batter);
    canvas.covers(x, y, profile);
    canvas.glow(canvas.project(Outline.disc(x, y, r * 0.97), r * 0.26), 0.36);
    for (int i = 0; i < 34; i++) {
      double a = dice.angle();
      double d = r * 0.9 * Math.sqrt(dice.between(0, 1));
      double z = d < r * 0.5 ? r * 0.34 : r * 0.3;
      Shape pore =
          Outline.disc(x + d * Math.cos(a), y + d * Math.sin(a), dice.between(0.006, 0.017));
      Color tone = Palette.shade(batter, dice.chance(0.65) ? 0.74 : 1.2);
      canvas.fill(pore, z, Palette.alpha(tone, 0.6));
    }
  }
}
