package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;

/** A bowl of short grains that point every way, heaped up. */
final class RiceBowl implements Dish {
  @Override
  public String name() {
    return "rice_bowl";
  }

  @Override
  public double lowestTilt() {
    return 0.62;
  }

  @Override
  public double highestTilt() {
    return 1;
  }

  @Override
  public double height() {
    return 0.62;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.bowl(canvas);
    Color rice = Palette.dough(dice);
    double z = Crockery.BOWL_LEVEL;
    double heap = dice.between(0.04, 0.2);
    double radius = Crockery.BOWL_RADIUS;
    double[][] mound = {
      {radius + 0.02, z},
      {radius * 0.8, z + heap * 0.6},
      {radius * 0.45, z + heap * 0.93},
      {radius * 0.1, z + heap}
    };
    canvas.turned(0, 0, mound, a -> 1, Palette.shade(rice, 0.72));
    double length = dice.between(0.05, 0.075);
    Color[] tones = new Color[6];
    for (int i = 0; i < tones.length; i++) {
      tones[i] = Palette.shade(rice, 0.82 + 0.08 * i);
    }
    for (int i = 0; i < 430; i++) {
      double a = dice.angle();
      double r = (radius - 0.05) * Math.sqrt(dice.between(0, 1));
      double x = r * Math.cos(a);
      double y = r * Math.sin(a);
      double b = dice.angle();
      Shape grain = Outline.line(x, y, x + length * Math.cos(b), y + length * Math.sin(b));
      double at = z + heap * (1 - r * r / radius / radius);
      canvas.line(grain, at, length * 0.62, tones[i % tones.length]);
    }
    canvas.glow(canvas.project(Outline.disc(0, 0, radius), z + heap * 0.5), 0.28);
    BowlToppings.some(canvas, z + heap * 0.8);
  }
}
