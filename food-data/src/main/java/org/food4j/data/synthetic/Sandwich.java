package org.food4j.data.synthetic;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;

/** Flat slices of bread with straight edges, cut into squares or triangles, seen from the side. */
final class Sandwich implements Dish {
  @Override
  public String name() {
    return "sandwich";
  }

  @Override
  public double lowestTilt() {
    return 0.3;
  }

  @Override
  public double highestTilt() {
    return 0.6;
  }

  @Override
  public double height() {
    return 0.72;
  }

  @Override
  public void paint(Canvas canvas) {
    Dice dice = canvas.dice();
    Crockery.below(canvas);
    Color bread = Palette.dough(dice);
    Color crust = Palette.baked(bread, dice.between(0.3, 0.65));
    List<Color> fillings =
        List.of(Palette.leaf(dice), Palette.accent(dice), Palette.sauce(dice), Palette.dough(dice));
    boolean club = dice.chance(0.45);
    double turn = -canvas.camera().turn() + dice.between(-0.5, 0.5);
    if (dice.chance(0.6)) {
      // Two triangles, their cut faces to the camera.
      double half = 0.45;
      for (int i = -1; i <= 1; i += 2) {
        double x = i * half * Math.cos(turn);
        double y = i * half * Math.sin(turn);
        stack(
            canvas,
            triangle(x, y, 0.74, turn + i * dice.between(0.1, 0.35)),
            2,
            club,
            bread,
            crust,
            fillings);
      }
    } else {
      stack(
          canvas,
          square(0, 0, 0.68, turn + Math.PI / 4 + dice.gaussian(0.25)),
          -1,
          club,
          bread,
          crust,
          fillings);
    }
  }

  /** Corners of a right triangle whose long edge, the third, looks along +y before the turn. */
  private static double[] triangle(double x, double y, double size, double turn) {
    return turned(
        x, y, turn, -0.02, -0.62 * size, 0.76 * size, 0.36 * size, -0.76 * size, 0.36 * size);
  }

  private static double[] square(double x, double y, double half, double turn) {
    return turned(x, y, turn, -half, -half, half, -half, half, half, -half, half);
  }

  private static double[] turned(double x, double y, double turn, double... corners) {
    double c = Math.cos(turn);
    double s = Math.sin(turn);
    double[] result = new double[corners.length];
    for (int i = 0; i < corners.length; i += 2) {
      result[i] = x + c * corners[i] - s * corners[i + 1];
      result[i + 1] = y + s * corners[i] + c * corners[i + 1];
    }
    return result;
  }

  private static void stack(
      Canvas canvas,
      double[] corners,
      int cut,
      boolean club,
      Color bread,
      Color crust,
      List<Color> fillings) {
    Dice dice = canvas.dice();
    Shape foot = Outline.polygon(corners);
    canvas.shadow(foot, 0, 0.3);
    canvas.covers(foot, 0);
    double slice = club ? dice.between(0.11, 0.14) : dice.between(0.16, 0.2);
    double z = layer(canvas, corners, 0, slice, cut, bread, crust);
    for (int storey = club ? 2 : 1; storey > 0; storey--) {
      for (int i = dice.count(2, 3); i > 0; i--) {
        z = filling(canvas, corners, z, dice.between(0.045, 0.075), dice.pick(fillings));
      }
      z = layer(canvas, corners, z, slice, cut, bread, crust);
    }
    canvas.covers(foot, z);
    canvas.top(foot, z, crust, 0.06);
    double[] inner = inset(corners, 0.88);
    canvas.top(Outline.polygon(inner), z, Palette.shade(bread, 1.06), 0.1);
    toast(canvas, inner, z, bread);
    if (dice.chance(0.35)) {
      double cx = centre(corners, 0);
      double cy = centre(corners, 1);
      Point2D low = canvas.camera().at(cx, cy, z);
      Point2D high = canvas.camera().at(cx, cy, z + 0.26);
      canvas.linePixels(new Line2D.Double(low, high), 1.4, new Color(214, 178, 120));
      double r = canvas.camera().scale() * 0.07;
      Shape bead = Outline.disc(high.getX(), high.getY(), r);
      canvas.fillPixels(bead, Palette.accent(dice));
      canvas.glow(bead, 0.7);
    }
  }

  /**
   * Walls of a slice of bread: crust, but crumb where the knife went (edge {@code cut}, if any).
   */
  private static double layer(
      Canvas canvas, double[] corners, double z, double thick, int cut, Color bread, Color crust) {
    Dice dice = canvas.dice();
    canvas.top(Outline.polygon(corners), z, Palette.shade(crust, 0.7), 0);
    int n = corners.length / 2;
    for (int i = 0; i < n; i++) {
      boolean crumb = cut < 0 || i == 1;
      wall(canvas, corners, i, z, z + thick, crumb ? Palette.shade(bread, 1.04) : crust);
      if (crumb) {
        wall(canvas, corners, i, z, z + thick * 0.14, crust);
        wall(canvas, corners, i, z + thick * 0.86, z + thick, crust);
        for (int k = 0; k < 12; k++) {
          int j = (i + 1) % n;
          double t = dice.between(0.04, 0.96);
          Point2D p =
              canvas
                  .camera()
                  .at(
                      corners[2 * i] + t * (corners[2 * j] - corners[2 * i]),
                      corners[2 * i + 1] + t * (corners[2 * j + 1] - corners[2 * i + 1]),
                      z + thick * dice.between(0.25, 0.75));
          if (front(canvas, corners, i)) {
            canvas.fillPixels(
                Outline.oval(p.getX(), p.getY(), 0.9, 0.6, 0),
                Palette.alpha(Palette.shade(bread, 0.68), 0.6));
          }
        }
      }
    }
    return z + thick;
  }

  /** A filling that looks out in waves. */
  private static double filling(
      Canvas canvas, double[] corners, double z, double thick, Color color) {
    Dice dice = canvas.dice();
    int n = corners.length / 2;
    Path2D frill = new Path2D.Double();
    double out = dice.between(1.01, 1.07);
    double cx = centre(corners, 0);
    double cy = centre(corners, 1);
    for (int i = 0; i < n; i++) {
      int j = (i + 1) % n;
      for (int k = 0; k < 12; k++) {
        double t = k / 12.0;
        double share = out + dice.gaussian(0.022);
        double x = corners[2 * i] + t * (corners[2 * j] - corners[2 * i]);
        double y = corners[2 * i + 1] + t * (corners[2 * j + 1] - corners[2 * i + 1]);
        Outline.add(frill, cx + (x - cx) * share, cy + (y - cy) * share);
      }
    }
    frill.closePath();
    canvas.slab(frill, z, z + thick, Palette.shade(color, 0.95), color);
    return z + thick;
  }

  private static void wall(
      Canvas canvas, double[] corners, int edge, double low, double high, Color color) {
    if (!front(canvas, corners, edge)) {
      return;
    }
    int j = (edge + 1) % (corners.length / 2);
    Point2D a = canvas.camera().at(corners[2 * edge], corners[2 * edge + 1], low);
    Point2D b = canvas.camera().at(corners[2 * j], corners[2 * j + 1], low);
    Point2D c = canvas.camera().at(corners[2 * j], corners[2 * j + 1], high);
    Point2D d = canvas.camera().at(corners[2 * edge], corners[2 * edge + 1], high);
    double light = canvas.facing(a.getY() - b.getY(), b.getX() - a.getX());
    canvas.fillPixels(
        Outline.polygon(
            a.getX(), a.getY(), b.getX(), b.getY(), c.getX(), c.getY(), d.getX(), d.getY()),
        Palette.shade(color, 0.84 - 0.12 * light));
  }

  /** Whether the camera sees that side: then its edge runs from right to left in the picture. */
  private static boolean front(Canvas canvas, double[] corners, int edge) {
    int j = (edge + 1) % (corners.length / 2);
    return canvas.camera().at(corners[2 * edge], corners[2 * edge + 1], 0).getX()
        > canvas.camera().at(corners[2 * j], corners[2 * j + 1], 0).getX();
  }

  /** Grill bars or browned patches on the upper slice. */
  private static void toast(Canvas canvas, double[] inner, double z, Color bread) {
    Dice dice = canvas.dice();
    double cx = centre(inner, 0);
    double cy = centre(inner, 1);
    Color brown = Palette.alpha(Palette.baked(bread, 0.5), 0.55);
    if (dice.chance(0.45)) {
      double dx = (inner[2] - inner[0]) * 0.5;
      double dy = (inner[3] - inner[1]) * 0.5;
      for (int i = -1; i <= 1; i++) {
        double ox = cx + (inner[4] - cx) * i * 0.3;
        double oy = cy + (inner[5] - cy) * i * 0.3;
        canvas.line(
            Outline.line(ox - dx * 0.55, oy - dy * 0.55, ox + dx * 0.55, oy + dy * 0.55),
            z,
            0.05,
            brown);
      }
      return;
    }
    for (int i = 0; i < 22; i++) {
      int corner = 2 * dice.count(0, inner.length / 2 - 1);
      double t = Math.sqrt(dice.between(0, 0.7));
      double x = cx + (inner[corner] - cx) * t + dice.gaussian(0.05);
      double y = cy + (inner[corner + 1] - cy) * t + dice.gaussian(0.05);
      canvas.fill(
          Outline.blob(x, y, dice.between(0.015, 0.05), 0.5, dice),
          z,
          dice.chance(0.6) ? brown : Palette.alpha(Palette.shade(bread, 1.3), 0.5));
    }
  }

  private static double[] inset(double[] corners, double share) {
    double[] inner = new double[corners.length];
    for (int i = 0; i < corners.length; i++) {
      double c = centre(corners, i % 2);
      inner[i] = c + (corners[i] - c) * share;
    }
    return inner;
  }

  private static double centre(double[] corners, int axis) {
    double sum = 0;
    for (int i = axis; i < corners.length; i += 2) {
      sum += corners[i];
    }
    return sum * 2 / corners.length;
  }
}
