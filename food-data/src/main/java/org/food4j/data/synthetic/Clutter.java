package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** What else lies on the table, around the dish and never on it. */
final class Clutter {
  private final Canvas canvas;
  private final Dice dice;

  private Clutter(Canvas canvas) {
    this.canvas = canvas;
    this.dice = canvas.dice();
  }

  /** Strews up to five things around the unit disc. */
  static void strew(Canvas canvas) {
    Clutter clutter = new Clutter(canvas);
    Dice dice = clutter.dice;
    if (dice.chance(0.3)) {
      clutter.napkin();
    }
    for (int i = dice.count(0, 4); i > 0; i--) {
      double direction = dice.angle();
      switch (dice.count(0, 6)) {
        case 0 -> clutter.cutlery(direction);
        case 1 -> clutter.glass(direction);
        case 2 -> clutter.secondPlate(direction);
        case 3 -> clutter.crumbs(direction);
        case 4 -> clutter.lemon(direction);
        case 5 -> clutter.chopsticks(direction);
        default -> clutter.sprig(direction);
      }
    }
  }

  private void napkin() {
    double direction = dice.angle();
    double away = dice.between(1.1, 1.7);
    Color cloth = Palette.fabric(dice);
    double x = away * Math.cos(direction);
    double y = away * Math.sin(direction);
    double angle = dice.angle();
    double size = dice.between(0.5, 0.9);
    Shape face = Outline.box(x, y, size, size * dice.between(0.6, 1), angle);
    canvas.shadow(face, 0, 0.03);
    canvas.top(face, 0, cloth, 0.1);
    double c = Math.cos(angle) * size;
    double s = Math.sin(angle) * size;
    canvas.line(Outline.line(x - c, y - s, x + c, y + s), 0, 0.03, Palette.shade(cloth, 0.82));
  }

  /** A fork, a knife or a spoon beside the dish, along a tangent. */
  private void cutlery(double direction) {
    Color metal = Palette.metal(dice);
    AffineTransform place = beside(direction, dice.between(1.4, 1.65));
    int kind = dice.count(0, 2);
    Path2D whole = new Path2D.Double(Outline.box(0, -0.35, 0.035, 0.55, 0));
    if (kind == 0) {
      whole.append(Outline.polygon(-0.13, 0.2, 0.13, 0.2, 0.1, 0.45, -0.1, 0.45), false);
      for (int i = -1; i <= 1; i++) {
        whole.append(Outline.box(i * 0.085, 0.5, 0.028, 0.26, 0), false);
      }
    } else if (kind == 1) {
      whole.append(Outline.polygon(-0.05, 0.1, 0.09, 0.12, 0.1, 0.6, -0.04, 0.85), false);
    } else {
      whole.append(Outline.oval(0, 0.45, 0.16, 0.26, 0), false);
    }
    whole.setWindingRule(Path2D.WIND_NON_ZERO);
    Shape shape = place.createTransformedShape(whole);
    canvas.shadow(shape, 0, 0.03);
    canvas.top(shape, 0.02, metal, 0.25);
    if (kind == 2) {
      canvas.top(
          place.createTransformedShape(Outline.oval(0, 0.45, 0.12, 0.21, 0)), 0.02, metal, -0.2);
    }
  }

  private void chopsticks(double direction) {
    Color wood = dice.chance(0.7) ? Palette.wood(dice) : Palette.ceramic(dice);
    AffineTransform place = beside(direction, dice.between(1.35, 1.6));
    for (int i = 0; i < 2; i++) {
      double slant = dice.between(-0.06, 0.06);
      Shape stick =
          place.createTransformedShape(
              Outline.polygon(
                  i * 0.12 - 0.03,
                  -1.1,
                  i * 0.12 + 0.03,
                  -1.1,
                  i * 0.12 + slant + 0.015,
                  1.1,
                  i * 0.12 + slant - 0.015,
                  1.1));
      canvas.shadow(stick, 0, 0.04);
      canvas.top(stick, 0.03, wood, 0.15);
    }
  }

  private void glass(double direction) {
    double radius = dice.between(0.26, 0.42);
    double x = (1.25 + radius) * Math.cos(direction);
    double y = (1.25 + radius) * Math.sin(direction);
    Color drink = dice.chance(0.4) ? new Color(225, 235, 240) : Palette.sauce(dice);
    canvas.shadow(Outline.disc(x, y, radius), 0, 0.4);
    double height = dice.between(0.3, 0.7);
    double[][] wall = {{radius * 0.8, 0}, {radius, height}};
    canvas.turned(x, y, wall, a -> 1, Palette.mix(drink, new Color(235, 240, 242), 0.45));
    canvas.top(Outline.disc(x, y, radius * 0.9), height * 0.9, drink, 0.12);
    canvas.line(
        Outline.disc(x, y, radius), height, 0.035, Palette.alpha(new Color(250, 252, 255), 0.75));
  }

  private void secondPlate(double direction) {
    double radius = dice.between(0.6, 1.1);
    double away = 1.3 + radius;
    Camera here = canvas.camera();
    Point2D p = here.at(away * Math.cos(direction), away * Math.sin(direction), 0);
    Canvas aside =
        canvas.under(
            new Camera(
                p.getX(), p.getY(), here.scale() * radius, here.tilt(), here.turn(), here.roll()));
    Crockery.plate(aside, 1);
    for (int i = dice.count(0, 12); i > 0; i--) {
      Toppings.scrap(aside, dice.between(-0.5, 0.5), dice.between(-0.5, 0.5), 0.02);
    }
  }

  private void crumbs(double direction) {
    Color crumb = Palette.dough(dice);
    for (int i = dice.count(6, 22); i > 0; i--) {
      double away = dice.between(1.15, 1.8);
      double a = direction + dice.gaussian(0.25);
      double radius = dice.between(0.012, 0.05);
      Shape bit = Outline.blob(away * Math.cos(a), away * Math.sin(a), radius, 0.5, dice);
      canvas.fill(bit, 0.01, Palette.shade(crumb, dice.between(0.6, 1.1)));
    }
  }

  private void lemon(double direction) {
    double x = 1.45 * Math.cos(direction);
    double y = 1.45 * Math.sin(direction);
    double radius = dice.between(0.18, 0.28);
    canvas.shadow(Outline.disc(x, y, radius), 0, 0.06);
    Toppings.citrus(canvas, x, y, 0.05, radius, Palette.accent(dice));
  }

  private void sprig(double direction) {
    Color green = Palette.leaf(dice);
    double x = 1.4 * Math.cos(direction);
    double y = 1.4 * Math.sin(direction);
    for (int i = dice.count(3, 6); i > 0; i--) {
      Toppings.leaf(
          canvas,
          x + dice.gaussian(0.12),
          y + dice.gaussian(0.12),
          0.02,
          dice.between(0.14, 0.26),
          green);
    }
  }

  /** From a thing along the second axis to its place beside the dish. */
  private AffineTransform beside(double direction, double away) {
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            away * Math.cos(direction), away * Math.sin(direction));
    place.rotate(direction + dice.gaussian(0.15));
    return place;
  }
}
