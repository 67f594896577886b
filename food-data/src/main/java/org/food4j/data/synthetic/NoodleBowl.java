package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.geom.Path2D;

/** A bowl of long strands that run side by side in bends. */
final class NoodleBowl implements Dish {
  @Override
  public String name() {
    return "noodle_bowl";
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
    return 0.5;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.bowl(canvas);
    Color noodle = Palette.dough(dice);
    Color broth = Palette.mix(Palette.sauce(dice), noodle, dice.between(0, 0.6));
    double z = Crockery.BOWL_LEVEL;
    canvas.top(Outline.disc(0, 0, Crockery.BOWL_RADIUS + 0.02), z, Palette.shade(broth, 0.7), 0.1);
    double width = dice.between(0.05, 0.075);
    for (int bundle = dice.count(9, 12); bundle > 0; bundle--) {
      bundle(canvas, noodle, width, z);
    }
    BowlToppings.some(canvas, z + 0.02);
  }

  private static void bundle(Canvas canvas, Color noodle, double width, double z) {
    Dice dice = canvas.dice();
    double a = dice.angle();
    double c = Math.cos(a);
    double s = Math.sin(a);
    double off = dice.between(-0.55, 0.55);
    double bend = dice.between(-0.55, 0.55);
    double wave = dice.between(0.02, 0.1);
    double phase = dice.angle();
    double half = dice.between(0.55, 0.95);
    double slide = dice.between(-0.3, 0.3);
    for (int i = dice.count(5, 7); i > 0; i--) {
      Path2D strand = new Path2D.Double();
      double own = off + i * width * 1.15 - 0.2;
      double jitter = dice.gaussian(0.12);
      for (int k = 0; k <= 12; k++) {
        double t = -1 + k / 6.0;
        double u = slide + half * t;
        double v = own + bend * t * t + wave * Math.sin(3 * t + phase + jitter);
        double r = Math.hypot(u, v);
        double keep = r > Crockery.BOWL_RADIUS - 0.04 ? (Crockery.BOWL_RADIUS - 0.04) / r : 1;
        Outline.add(strand, keep * (c * u - s * v), keep * (s * u + c * v));
      }
      Color tone = Palette.shade(noodle, dice.between(0.9, 1.1));
      canvas.line(strand, z, width, Palette.shade(tone, 0.55));
      canvas.line(strand, z + 0.012, width * 0.68, tone);
    }
  }
}
