package org.food4j.data.duplicate;

import java.util.Arrays;
import java.util.OptionalLong;
import org.food4j.data.photo.Pixels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;

/**
 * The 64-bit DCT hash of a photo ("pHash": C. Zauner, <i>Implementation and Benchmarking of
 * Perceptual Image Hash Functions</i>, 2010): copies that were re-compressed, rescaled or slightly
 * retouched differ in a few bits, other photos in about half of them.
 *
 * <p>The photo is shrunk to 32 x 32 pixels and to grey (ITU-R BT.601 luma); of its two-dimensional
 * DCT-II the 8 x 8 lowest frequencies are kept, and each gives the bit "above their median". The
 * highest bit is the mean, then row by row (vertical frequency), within a row by horizontal
 * frequency. The same bits on every platform.
 */
public final class PerceptualHash {
  private static final int SIZE = 32;
  private static final int KEPT = 8;

  /** What a wave of one grey level gives; a photo whose waves are all smaller has no structure. */
  private static final double ONE_LEVEL = SIZE * SIZE / 4.0;

  /** {@code [frequency, position]}; StrictMath, because Math.cos may differ between machines. */
  private static final double[][] COSINES = new double[KEPT][SIZE];

  static {
    for (int frequency = 0; frequency < KEPT; frequency++) {
      for (int position = 0; position < SIZE; position++) {
        COSINES[frequency][position] =
            StrictMath.cos(StrictMath.PI / SIZE * (position + 0.5) * frequency);
      }
    }
  }

  private PerceptualHash() {}

  /**
   * The hash of a photo; empty for one of a single colour, whose bits would be noise and alike for
   * all such photos.
   */
  public static OptionalLong of(Pixels photo) {
    double[] waves = lowFrequencies(luma(photo));
    boolean structure = false;
    for (int i = 1; i < waves.length; i++) {
      structure |= Math.abs(waves[i]) >= ONE_LEVEL;
    }
    if (!structure) {
      return OptionalLong.empty();
    }
    double[] sorted = waves.clone();
    Arrays.sort(sorted);
    double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    long hash = 0;
    for (double wave : waves) {
      hash = hash << 1 | (wave > median ? 1 : 0);
    }
    return OptionalLong.of(hash);
  }

  /** The number of bits in which two hashes differ, 0 to 64. */
  public static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }

  private static double[][] luma(Pixels photo) {
    byte[] rgb = new Resampler(Interpolation.BILINEAR).resize(photo, SIZE, SIZE).rgb();
    double[][] luma = new double[SIZE][SIZE];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int at = 3 * (y * SIZE + x);
        luma[y][x] =
            0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff);
      }
    }
    return luma;
  }

  private static double[] lowFrequencies(double[][] luma) {
    double[][] rows = new double[SIZE][KEPT];
    for (int y = 0; y < SIZE; y++) {
      for (int u = 0; u < KEPT; u++) {
        for (int x = 0; x < SIZE; x++) {
          rows[y][u] += luma[y][x] * COSINES[u][x];
        }
      }
    }
    double[] waves = new double[KEPT * KEPT];
    for (int v = 0; v < KEPT; v++) {
      for (int u = 0; u < KEPT; u++) {
        for (int y = 0; y < SIZE; y++) {
          waves[v * KEPT + u] += rows[y][u] * COSINES[v][y];
        }
      }
    }
    return waves;
  }
}
