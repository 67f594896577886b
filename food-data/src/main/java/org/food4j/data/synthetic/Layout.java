package org.food4j.data.synthetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the pieces of a dish lie in the unit disc, those that are farther from the camera first.
 *
 * @param places centres, each {@code {x, y}}
 * @param radius of the disc that each piece has for itself
 * @param dip whether one of the places is taken by a little bowl, {@link #dipPlace}
 * @param dipPlace index into the places
 */
record Layout(List<double[]> places, double radius, boolean dip, int dipPlace) {
  private static final double[][] RINGS = {
    // For two to six pieces: distance from the middle, radius of each. Of six, one is the middle.
    {0.49, 0.5}, {0.54, 0.46}, {0.6, 0.42}, {0.64, 0.375}, {0.67, 0.345}
  };

  /** Two to six places, jittered, one of them for a dip now and then. */
  static Layout of(int pieces, Canvas canvas) {
    Dice dice = canvas.dice();
    double away = RINGS[pieces - 2][0];
    double radius = RINGS[pieces - 2][1];
    int ring = pieces == 6 ? 5 : pieces;
    double turn = dice.angle();
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i < ring; i++) {
      double a = turn + 2 * Math.PI * i / ring;
      places.add(
          new double[] {
            away * Math.cos(a) + dice.gaussian(0.03), away * Math.sin(a) + dice.gaussian(0.03)
          });
    }
    if (pieces > ring) {
      places.add(new double[] {dice.gaussian(0.02), dice.gaussian(0.02)});
    }
    places.sort(Comparator.comparingDouble(p -> canvas.camera().at(p[0], p[1], 0).getY()));
    return new Layout(places, radius, pieces > 2 && dice.chance(0.35), dice.count(0, pieces - 1));
  }

  /** Whether a place belongs to the dip. */
  boolean isDip(int place) {
    return dip && place == dipPlace;
  }
}
