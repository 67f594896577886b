package org.food4j.data.synthetic;

import java.awt.Color;
import java.util.List;

/** Colours by what they are for. No method knows the class of the dish: that is the point. */
final class Palette {
  private record Anchor(double hue, double saturation, double brightness) {}

  /** Wheat, cream, golden and brown crusts, rice flour; millet, squash, carrot, beet, spinach. */
  private static final List<Anchor> DOUGHS =
      List.of(
          new Anchor(0.11, 0.24, 0.95),
          new Anchor(0.115, 0.36, 0.94),
          new Anchor(0.095, 0.52, 0.92),
          new Anchor(0.085, 0.60, 0.84),
          new Anchor(0.075, 0.62, 0.70),
          new Anchor(0.12, 0.09, 0.98),
          new Anchor(0.06, 0.45, 0.52),
          new Anchor(0.13, 0.58, 0.94),
          new Anchor(0.07, 0.58, 0.92),
          new Anchor(0.96, 0.30, 0.85),
          new Anchor(0.22, 0.40, 0.76));

  /** Tomato, curry, mustard, herbs, cream, chocolate, plum, paprika. */
  private static final List<Anchor> SAUCES =
      List.of(
          new Anchor(0.01, 0.80, 0.74),
          new Anchor(0.07, 0.82, 0.80),
          new Anchor(0.12, 0.70, 0.86),
          new Anchor(0.26, 0.55, 0.52),
          new Anchor(0.11, 0.20, 0.94),
          new Anchor(0.05, 0.60, 0.36),
          new Anchor(0.93, 0.55, 0.50),
          new Anchor(0.03, 0.75, 0.58));

  /** Tomato, leaf, lemon, orange, plum, olive, egg white, mushroom, raspberry, blueberry. */
  private static final List<Anchor> ACCENTS =
      List.of(
          new Anchor(0.005, 0.78, 0.82),
          new Anchor(0.29, 0.62, 0.55),
          new Anchor(0.14, 0.68, 0.94),
          new Anchor(0.075, 0.80, 0.93),
          new Anchor(0.87, 0.48, 0.46),
          new Anchor(0.20, 0.52, 0.40),
          new Anchor(0.12, 0.08, 0.96),
          new Anchor(0.06, 0.40, 0.46),
          new Anchor(0.95, 0.68, 0.75),
          new Anchor(0.66, 0.42, 0.42));

  private Palette() {}

  static Color dough(Dice dice) {
    return near(dice.pick(DOUGHS), dice);
  }

  static Color sauce(Dice dice) {
    return near(dice.pick(SAUCES), dice);
  }

  static Color accent(Dice dice) {
    return near(dice.pick(ACCENTS), dice);
  }

  static Color leaf(Dice dice) {
    return hsb(dice.between(0.22, 0.36), dice.between(0.45, 0.8), dice.between(0.3, 0.72));
  }

  static Color wood(Dice dice) {
    return hsb(dice.between(0.05, 0.1), dice.between(0.2, 0.62), dice.between(0.28, 0.85));
  }

  static Color metal(Dice dice) {
    return dice.chance(0.2)
        ? hsb(dice.between(0.08, 0.13), 0.5, dice.between(0.7, 0.9))
        : hsb(dice.between(0.5, 0.65), 0.06, dice.between(0.65, 0.9));
  }

  /** A table, a cloth, a napkin: any hue, pale to dark, never glaring. */
  static Color fabric(Dice dice) {
    return hsb(dice.between(0, 1), dice.between(0.02, 0.5), dice.between(0.2, 0.97));
  }

  static Color ceramic(Dice dice) {
    if (dice.chance(0.45)) {
      return hsb(dice.between(0.05, 0.6), dice.between(0, 0.08), dice.between(0.86, 1));
    }
    return dice.chance(0.3)
        ? hsb(dice.between(0, 1), dice.between(0.05, 0.4), dice.between(0.14, 0.35))
        : hsb(dice.between(0, 1), dice.between(0.1, 0.45), dice.between(0.45, 0.92));
  }

  /** Brighter by a factor above 1, darker by one below 1. */
  static Color shade(Color color, double factor) {
    if (factor <= 1) {
      return new Color(
          (int) (color.getRed() * factor),
          (int) (color.getGreen() * factor),
          (int) (color.getBlue() * factor),
          color.getAlpha());
    }
    return mix(color, new Color(255, 253, 244, color.getAlpha()), Math.min(1, factor - 1));
  }

  /** From the first colour (share 0) to the second (share 1). */
  static Color mix(Color from, Color to, double share) {
    return new Color(
        mixed(from.getRed(), to.getRed(), share),
        mixed(from.getGreen(), to.getGreen(), share),
        mixed(from.getBlue(), to.getBlue(), share),
        mixed(from.getAlpha(), to.getAlpha(), share));
  }

  /** The colour with that opacity, 0 to 1. */
  static Color alpha(Color color, double opacity) {
    int a = (int) Math.round(opacity * 255);
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), a);
  }

  /** What the oven or the pan does to a dough. */
  static Color baked(Color dough, double share) {
    return mix(dough, new Color(86, 44, 18), share);
  }

  private static int mixed(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  private static Color near(Anchor anchor, Dice dice) {
    return hsb(
        anchor.hue + dice.gaussian(0.012),
        anchor.saturation * dice.between(0.8, 1.15),
        anchor.brightness * dice.between(0.86, 1.06));
  }

  private static Color hsb(double hue, double saturation, double brightness) {
    return Color.getHSBColor(
        (float) hue, (float) Math.min(1, saturation), (float) Math.min(1, brightness));
  }
}
