package org.food4j.data.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * 64 bits for each of 31 parts of a signature: the signs of the part's 64 lowest waves. Where one
 * photo is a crop of another, one of the parts' hashes comes within a few bits of the crop's own.
 *
 * <p>One instance computes one signature after another; not thread-safe.
 */
final class WaveHash {
  static final int BITS = 64;

  /** A picture whose waves are all below this, about three grey levels, has nothing to compare. */
  private static final double LEAST_WAVE = 3.0 * PhotoSignature.SIZE / 2;

  private static final int SIZE = PhotoSignature.SIZE;

  /** Left and right (top and bottom) edges of the parts: the whole, then crops of 5 and 10 %. */
  private static final double[][] EDGES = {
    {0, 1}, {0, 0.95}, {0.025, 0.975}, {0.05, 1}, {0, 0.9}, {0.05, 0.95}, {0.1, 1}
  };

  static final int SIDES = EDGES.length;

  /** Sides from here on belong to crops of 10 %. */
  private static final int LARGER_CROPS = 4;

  /** Down and across, the sides of each part; none is cropped by 5 % one way and 10 % the other. */
  private static final int[] DOWN_SIDE;

  private static final int[] ACROSS_SIDE;
  static final int PARTS;

  private static final Stretch[] STRETCHES = new Stretch[SIDES];

  /** {@code [side][pixel][wave]}. */
  private static final double[][][] WAVES = new double[SIDES][][];

  /** Waves down and across of each bit, from the lowest frequency to the highest. */
  private static final int[] DOWN = new int[BITS];

  private static final int[] ACROSS = new int[BITS];

  /** The bits that turn round when a photo is mirrored: those of odd waves across. */
  static final long MIRROR;

  static {
    for (int side = 0; side < SIDES; side++) {
      STRETCHES[side] = new Stretch(EDGES[side][0], EDGES[side][1]);
      WAVES[side] = transposed(STRETCHES[side].waves());
    }
    List<int[]> parts = new ArrayList<>();
    for (int down = 0; down < SIDES; down++) {
      for (int across = 0; across < SIDES; across++) {
        if (down == 0 || across == 0 || down < LARGER_CROPS == across < LARGER_CROPS) {
          parts.add(new int[] {down, across});
        }
      }
    }
    PARTS = parts.size();
    DOWN_SIDE = parts.stream().mapToInt(part -> part[0]).toArray();
    ACROSS_SIDE = parts.stream().mapToInt(part -> part[1]).toArray();
    List<int[]> frequencies = new ArrayList<>();
    for (int v = 0; v < Stretch.WAVES; v++) {
      for (int u = 0; u < Stretch.WAVES; u++) {
        frequencies.add(new int[] {v, u});
      }
    }
    frequencies.sort(
        Comparator.<int[]>comparingInt(f -> f[0] * f[0] + f[1] * f[1]).thenComparingInt(f -> f[0]));
    long mirror = 0;
    for (int bit = 0; bit < BITS; bit++) {
      // The first is the mean, whose sign says nothing.
      DOWN[bit] = frequencies.get(bit + 1)[0];
      ACROSS[bit] = frequencies.get(bit + 1)[1];
      mirror |= (long) (ACROSS[bit] & 1) << bit;
    }
    MIRROR = mirror;
  }

  /** {@code [side][row][wave across]}: the picture's waves across within each of the sides. */
  private final double[][][] shrunk = new double[SIDES][SIZE][Stretch.WAVES];

  private final double[][] waves = new double[Stretch.WAVES][Stretch.WAVES];
  private final double[] margins = new double[BITS];

  private static double[][] transposed(double[][] waves) {
    double[][] turned = new double[SIZE][waves.length];
    for (int wave = 0; wave < waves.length; wave++) {
      for (int pixel = 0; pixel < SIZE; pixel++) {
        turned[pixel][wave] = waves[wave][pixel];
      }
    }
    return turned;
  }

  static Stretch rows(int part) {
    return STRETCHES[DOWN_SIDE[part]];
  }

  static Stretch columns(int part) {
    return STRETCHES[ACROSS_SIDE[part]];
  }

  /** The hash of a whole picture, which is the first of its parts. */
  long ofWhole(double[] pixels) {
    shrink(pixels, 0);
    return hash(0);
  }

  /** Takes a picture whose parts are to be hashed. */
  void take(double[] pixels) {
    for (int side = 0; side < SIDES; side++) {
      shrink(pixels, side);
    }
  }

  private void shrink(double[] pixels, int side) {
    for (int y = 0; y < SIZE; y++) {
      double[] row = shrunk[side][y];
      Arrays.fill(row, 0);
      for (int x = 0; x < SIZE; x++) {
        addTimes(pixels[y * SIZE + x], WAVES[side][x], row);
      }
    }
  }

  /** The hash of a part of the picture taken last. */
  long hash(int part) {
    double[][] rows = shrunk[ACROSS_SIDE[part]];
    for (int v = 0; v < Stretch.WAVES; v++) {
      Arrays.fill(waves[v], 0);
    }
    for (int y = 0; y < SIZE; y++) {
      double[] down = WAVES[DOWN_SIDE[part]][y];
      for (int v = 0; v < Stretch.WAVES; v++) {
        addTimes(down[v], rows[y], waves[v]);
      }
    }
    long hash = 0;
    for (int bit = 0; bit < BITS; bit++) {
      double wave = waves[DOWN[bit]][ACROSS[bit]];
      margins[bit] = Math.abs(wave);
      hash |= wave > 0 ? 1L << bit : 0;
    }
    return hash;
  }

  private static void addTimes(double factor, double[] vector, double[] sums) {
    for (int i = 0; i < Stretch.WAVES; i++) {
      sums[i] += factor * vector[i];
    }
  }

  /** Of the part hashed last, how sure each bit is: the size of its wave. Not to be kept. */
  double[] margins() {
    return margins;
  }

  /** Whether the part hashed last shows anything beyond a single tone. */
  boolean hasStructure() {
    for (double margin : margins) {
      if (margin >= LEAST_WAVE) {
        return true;
      }
    }
    return false;
  }
}
