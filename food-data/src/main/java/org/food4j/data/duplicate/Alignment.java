package org.food4j.data.duplicate;

/**
 * How alike two photos are once one of them is cropped to match the other: the correlation of their
 * waves, 1 for the same picture at any brightness and contrast, about 0 for unrelated ones.
 *
 * <p>Each wave counts in proportion to its frequency, which evens out the spectrum of natural
 * images (D. J. Field, <i>Relations between the statistics of natural images and the response
 * properties of cortical cells</i>, 1987): a bright plate in the middle, which half of all food
 * photos share, does not decide alone. The crop is found by Gauss-Newton steps on its four edges
 * (B. D. Lucas, T. Kanade, <i>An iterative image registration technique</i>, 1981; here on waves,
 * not pixels).
 */
final class Alignment {
  private static final int SIZE = PhotoSignature.SIZE;
  private static final int WAVES = Stretch.WAVES;
  private static final double[][] WHOLE = new Stretch(0, 1).waves();

  /** What a similarity must have reached before each step for another one to be worth it. */
  private static final double[] WORTH_A_STEP = {0.5, 0.65, 0.8, 0.85, 0.85};

  /** The first of them: below it two photos are unrelated. */
  static final double PROMISING = WORTH_A_STEP[0];

  /** Nothing is left to gain. */
  private static final double PERFECT = 0.995;

  /** How far an edge moves in one step, how far outside it may lie, and how much must remain. */
  private static final double LONGEST_MOVE = 0.04;

  private static final double OUTSIDE = 0.03;
  private static final double SHORTEST = 0.75;

  private final double[] pixels;
  private final double[] whole;

  /**
   * @param pixels of the photo of which a part is looked for
   * @param others of the photo that is taken as a whole
   */
  Alignment(double[] pixels, double[] others) {
    this.pixels = pixels;
    whole = weighted(WHOLE, columns(others, WHOLE));
    double norm = Math.sqrt(dot(whole, whole));
    for (int i = 0; i < whole.length; i++) {
      whole[i] /= norm;
    }
  }

  /** The best similarity on the way of the steps from a first guess of the part, -1 to 1. */
  double refined(Stretch rows, Stretch columns) {
    double best = -1;
    Stretch vertical = rows;
    Stretch horizontal = columns;
    for (double worth : WORTH_A_STEP) {
      double[][] down = vertical.waves();
      double[] shrunk = columns(pixels, horizontal.waves());
      double[] part = weighted(down, shrunk);
      double norm = Math.sqrt(dot(part, part));
      best = Math.max(best, dot(part, whole) / norm);
      // Written so that no number, from a part without any structure, ends it too.
      if (!(best >= worth && best < PERFECT)) {
        return best;
      }
      double[][] slopes = {
        weighted(vertical.slopes(false), shrunk),
        weighted(vertical.slopes(true), shrunk),
        weighted(down, columns(pixels, horizontal.slopes(false))),
        weighted(down, columns(pixels, horizontal.slopes(true)))
      };
      double[] moves = moves(part, norm, slopes, whole);
      vertical = moved(vertical, moves[0], moves[1]);
      horizontal = moved(horizontal, moves[2], moves[3]);
    }
    double[] part = weighted(vertical.waves(), columns(pixels, horizontal.waves()));
    return Math.max(best, dot(part, whole) / Math.sqrt(dot(part, part)));
  }

  /** The least-squares step: how far each edge should move for the part to become the whole. */
  private static double[] moves(double[] part, double norm, double[][] slopes, double[] whole) {
    int edges = slopes.length;
    double[] unit = part.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= norm;
    }
    double[][] system = new double[edges][edges + 1];
    double trace = 0;
    for (double[] slope : slopes) {
      // Of the slope only what turns the vector counts: its length is normalised away.
      double along = dot(slope, unit);
      for (int i = 0; i < slope.length; i++) {
        slope[i] = (slope[i] - along * unit[i]) / norm;
      }
    }
    double towards = dot(unit, whole);
    for (int a = 0; a < edges; a++) {
      for (int b = 0; b < edges; b++) {
        system[a][b] = dot(slopes[a], slopes[b]);
      }
      system[a][edges] = dot(slopes[a], whole) - towards * dot(slopes[a], unit);
      trace += system[a][a];
    }
    for (int a = 0; a < edges; a++) {
      // Levenberg's damping keeps edges still that the picture says nothing about.
      system[a][a] += 1e-3 * trace / edges + 1e-12;
    }
    return solve(system);
  }

  /** Gaussian elimination; the matrix is symmetric and positive definite, so no pivoting. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        double factor = system[b][a] / system[a][a];
        for (int c = a; c <= n; c++) {
          system[b][c] -= factor * system[a][c];
        }
      }
    }
    double[] solution = new double[n];
    for (int a = n - 1; a >= 0; a--) {
      double rest = system[a][n];
      for (int b = a + 1; b < n; b++) {
        rest -= system[a][b] * solution[b];
      }
      solution[a] = rest / system[a][a];
    }
    return solution;
  }

  private static Stretch moved(Stretch side, double low, double high) {
    double from = clamp(side.low() + clamp(low, -LONGEST_MOVE, LONGEST_MOVE), -OUTSIDE, 1);
    double to = clamp(side.high() + clamp(high, -LONGEST_MOVE, LONGEST_MOVE), 0, 1 + OUTSIDE);
    return to - from < SHORTEST ? side : new Stretch(from, to);
  }

  private static double clamp(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  /** {@code [wave across, row]}, flat. */
  private static double[] columns(double[] pixels, double[][] across) {
    double[] shrunk = new double[WAVES * SIZE];
    for (int u = 0; u < WAVES; u++) {
      double[] wave = across[u];
      for (int y = 0; y < SIZE; y++) {
        double sum = 0;
        for (int x = 0; x < SIZE; x++) {
          sum += pixels[y * SIZE + x] * wave[x];
        }
        shrunk[u * SIZE + y] = sum;
      }
    }
    return shrunk;
  }

  /** {@code [wave down, wave across]}, flat, each times its frequency; the mean is not in it. */
  private static double[] weighted(double[][] down, double[] shrunk) {
    double[] waves = new double[WAVES * WAVES];
    for (int v = 0; v < WAVES; v++) {
      double[] wave = down[v];
      for (int u = 0; u < WAVES; u++) {
        double sum = 0;
        for (int y = 0; y < SIZE; y++) {
          sum += wave[y] * shrunk[u * SIZE + y];
        }
        waves[v * WAVES + u] = sum * Math.sqrt(v * v + u * u);
      }
    }
    return waves;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
