package org.food4j.data.synthetic;

import java.awt.Color;

/** What the dish stands on: wood, cloth, stone or tiles, over the whole picture. */
final class Tabletop {
  private final Canvas canvas;
  private final Dice dice;
  private final double reach;
  private final Color base;

  private Tabletop(Canvas canvas, double reach, Color base) {
    this.canvas = canvas;
    this.dice = canvas.dice();
    this.reach = reach;
    this.base = base;
  }

  /** Paints a table over a picture of that size. */
  static void paint(Canvas canvas, int width, int height) {
    Dice dice = canvas.dice();
    Camera camera = canvas.camera();
    // The pattern has its own, gentler tilt: an orthographic view has no horizon to end it.
    double tilt = Math.max(0.55, camera.tilt());
    Camera overTable = new Camera(width / 2.0, height / 2.0, 1, tilt, dice.angle(), camera.roll());
    boolean wooden = dice.chance(0.35);
    Tabletop table =
        new Tabletop(
            canvas.under(overTable),
            Math.hypot(width, height) / 2 / tilt,
            wooden ? Palette.wood(dice) : Palette.fabric(dice));
    table.canvas.fill(Outline.box(0, 0, table.reach, table.reach, 0), 0, table.base);
    if (wooden) {
      table.planks();
      return;
    }
    switch (dice.count(0, 5)) {
      case 0 -> table.checks();
      case 1 -> table.stripes();
      case 2 -> table.dots();
      case 3 -> table.stone();
      case 4 -> table.tiles();
      default -> table.weave();
    }
  }

  private void planks() {
    double breadth = dice.between(22, 60);
    for (double y = -reach; y < reach; y += breadth) {
      Color plank = Palette.shade(base, dice.between(0.86, 1.1));
      canvas.fill(Outline.box(0, y + breadth / 2, reach, breadth / 2, 0), 0, plank);
      for (int i = 0; i < 5; i++) {
        double v = y + dice.between(0.1, 0.9) * breadth;
        double u = dice.between(-reach, reach);
        double length = dice.between(20, 90);
        Color grain = Palette.alpha(Palette.shade(plank, dice.chance(0.7) ? 0.78 : 1.14), 0.55);
        canvas.line(Outline.line(u, v, u + length, v + dice.gaussian(1.2)), 0, 1, grain);
      }
      canvas.line(Outline.line(-reach, y, reach, y), 0, 1.2, Palette.shade(base, 0.55));
    }
  }

  private void checks() {
    double step = dice.between(12, 34);
    Color band = Palette.alpha(Palette.fabric(dice), 0.45);
    for (double v = -reach; v < reach; v += step) {
      canvas.fill(Outline.box(0, v, reach, step / 4, 0), 0, band);
      canvas.fill(Outline.box(v, 0, step / 4, reach, 0), 0, band);
    }
  }

  private void stripes() {
    double step = dice.between(10, 40);
    double share = dice.between(0.15, 0.5);
    Color band = Palette.fabric(dice);
    for (double v = -reach; v < reach; v += step) {
      canvas.fill(Outline.box(0, v, reach, step * share / 2, 0), 0, band);
    }
  }

  private void dots() {
    double step = dice.between(16, 32);
    double radius = step * dice.between(0.12, 0.28);
    Color dot = Palette.fabric(dice);
    boolean odd = false;
    for (double v = -reach; v < reach; v += step) {
      odd = !odd;
      for (double u = -reach + (odd ? step / 2 : 0); u < reach; u += step) {
        canvas.fill(Outline.disc(u, v, radius), 0, dot);
      }
    }
  }

  private void stone() {
    Color[] flecks = {
      Palette.alpha(Palette.shade(base, 0.75), 0.5),
      Palette.alpha(Palette.shade(base, 1.25), 0.5),
      Palette.alpha(Palette.fabric(dice), 0.35)
    };
    for (int i = 0; i < 130; i++) {
      double x = dice.between(-reach, reach);
      double y = dice.between(-reach, reach);
      double along = dice.between(0.7, 4);
      canvas.fill(
          Outline.oval(x, y, along, along * dice.between(0.4, 1), dice.angle()), 0, flecks[i % 3]);
    }
    for (int i = dice.count(0, 4); i > 0; i--) {
      double[] vein = new double[12];
      double v = dice.between(-reach, reach);
      for (int k = 0; k < 6; k++) {
        vein[2 * k] = -reach + 2 * reach * k / 5;
        vein[2 * k + 1] = v;
        v += dice.gaussian(reach * 0.12);
      }
      canvas.line(Outline.line(vein), 0, dice.between(0.8, 2.5), flecks[dice.count(0, 1)]);
    }
  }

  private void tiles() {
    double step = dice.between(34, 70);
    Color joint = Palette.mix(base, Palette.fabric(dice), 0.6);
    for (double v = -reach; v < reach; v += step) {
      for (double u = -reach; u < reach; u += step) {
        Color tile = Palette.shade(base, dice.between(0.92, 1.06));
        canvas.fill(Outline.box(u + step / 2, v + step / 2, step / 2, step / 2, 0), 0, tile);
      }
      canvas.line(Outline.line(-reach, v, reach, v), 0, 1.5, joint);
      canvas.line(Outline.line(v, -reach, v, reach), 0, 1.5, joint);
    }
  }

  private void weave() {
    Color thread = Palette.alpha(Palette.shade(base, 0.84), 0.5);
    Color light = Palette.alpha(Palette.shade(base, 1.14), 0.5);
    double step = dice.between(3.5, 7);
    for (double v = -reach; v < reach; v += step) {
      canvas.line(Outline.line(-reach, v, reach, v + dice.gaussian(1)), 0, 1, thread);
      canvas.line(Outline.line(v, -reach, v + dice.gaussian(1), reach), 0, 1, light);
    }
  }
}
