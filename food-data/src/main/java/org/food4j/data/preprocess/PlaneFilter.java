package org.food4j.data.preprocess;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The separable filter of one plane of 8-bit samples, output row by output row: along the rows
 * first, rounded to 8 bits, then along the columns. Only the narrowed rows that the current output
 * row needs are kept, so that all of it stays in the processor's first cache.
 *
 * <p>The loops are written for the just-in-time compiler: over {@code int} alone and over whole
 * arrays from index 0 they become vector instructions, with another type or an offset they do not.
 */
final class PlaneFilter {
  private static final VarHandle FOUR_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Samples of a row that are read, and multiplied, at a time. */
  static final int FOUR = 4;

  private final byte[] samples;
  private final int offset;
  private final int step;
  private final int width;
  private final Weights columns;
  private final Weights rows;
  private final boolean overshoots;

  /** Samples of one row where they do not lie side by side, or the row is shorter than a read. */
  private final byte[] copy;

  /** The narrowed rows {@code next - taps .. next}, each at its number modulo taps. */
  private final int[][] narrow;

  private int next;

  /** For each output the four samples that are its turn. */
  private final int[] words;

  /**
   * @param samples unsigned, not modified
   * @param offset of the first sample
   * @param step from a sample to the next in its row
   * @param width samples in a row
   * @param columns taps in multiples of {@link #FOUR}
   * @param overshoots whether sums may leave the range of their samples
   */
  PlaneFilter(
      byte[] samples,
      int offset,
      int step,
      int width,
      Weights columns,
      Weights rows,
      boolean overshoots) {
    this.samples = samples;
    this.offset = offset;
    this.step = step;
    this.width = width;
    this.columns = columns;
    this.rows = rows;
    this.overshoots = overshoots;
    boolean sideBySide = step == 1 && width >= columns.taps();
    this.copy = sideBySide ? new byte[0] : new byte[width + columns.taps()];
    this.words = new int[columns.outputs()];
    this.narrow = new int[rows.taps()][columns.outputs()];
    this.next = rows.first()[0];
  }

  /**
   * Computes an output row; rows are asked for from the first to the last.
   *
   * @param fraction bits behind the point that results keep
   * @param out receives a value from 0 to 255 for each output column, times 2 to the {@code
   *     fraction}
   */
  void row(int y, int fraction, int[] out) {
    int shift = Weights.PRECISION_BITS - fraction;
    int half = 1 << (shift - 1);
    int first = rows.first()[y];
    int taps = rows.taps();
    int height = samples.length / (step * width);
    for (; next < Math.min(first + taps, height); next++) {
      narrow(next, narrow[next % taps]);
    }
    int[][] k = rows.weights();
    switch (taps) {
      case 2 ->
          blend(narrow[first % 2], k[0][y], narrow[(first + 1) % 2], k[1][y], half, shift, out);
      case 3 ->
          blend(
              narrow[first % 3],
              k[0][y],
              narrow[(first + 1) % 3],
              k[1][y],
              narrow[(first + 2) % 3],
              k[2][y],
              half,
              shift,
              out);
      default -> {
        Arrays.fill(out, half);
        for (int tap = 0; tap < taps; tap++) {
          add(narrow[(first + tap) % taps], k[tap][y], out);
        }
        round(out, shift);
      }
    }
    if (overshoots) {
      clip(out, 255 << fraction);
    }
  }

  private void narrow(int row, int[] out) {
    byte[] in = samples;
    int line = offset + row * step * width;
    if (copy.length > 0) {
      for (int x = 0, from = line; x < width; x++, from += step) {
        copy[x] = in[from];
      }
      in = copy;
      line = 0;
    }
    int[][] k = columns.weights();
    if (k.length == FOUR) {
      read(in, line, columns.first(), words);
      weigh(words, k[0], k[1], k[2], k[3], out);
    } else {
      Arrays.fill(out, Weights.HALF);
      for (int tap = 0; tap < k.length; tap += FOUR) {
        read(in, line + tap, columns.first(), words);
        addFour(words, k[tap], k[tap + 1], k[tap + 2], k[tap + 3], out);
      }
      round(out, Weights.PRECISION_BITS);
    }
    if (overshoots) {
      clip(out, 255);
    }
  }

  private static void read(byte[] in, int line, int[] first, int[] words) {
    for (int x = 0; x < words.length; x++) {
      words[x] = (int) FOUR_BYTES.get(in, line + first[x]);
    }
  }

  /** The usual case: all of an output's samples in one word. */
  private static void weigh(int[] words, int[] k0, int[] k1, int[] k2, int[] k3, int[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] =
          Weights.HALF
                  + (words[x] & 0xff) * k0[x]
                  + (words[x] >>> 8 & 0xff) * k1[x]
                  + (words[x] >>> 16 & 0xff) * k2[x]
                  + (words[x] >>> 24) * k3[x]
              >> Weights.PRECISION_BITS;
    }
  }

  private static void addFour(int[] words, int[] k0, int[] k1, int[] k2, int[] k3, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] +=
          (words[x] & 0xff) * k0[x]
              + (words[x] >>> 8 & 0xff) * k1[x]
              + (words[x] >>> 16 & 0xff) * k2[x]
              + (words[x] >>> 24) * k3[x];
    }
  }

  private static void blend(int[] one, int k0, int[] two, int k1, int half, int shift, int[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = half + one[x] * k0 + two[x] * k1 >> shift;
    }
  }

  private static void blend(
      int[] one, int k0, int[] two, int k1, int[] three, int k2, int half, int shift, int[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = half + one[x] * k0 + two[x] * k1 + three[x] * k2 >> shift;
    }
  }

  private static void add(int[] in, int k, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += in[x] * k;
    }
  }

  private static void round(int[] sums, int shift) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] >>= shift;
    }
  }

  private static void clip(int[] values, int largest) {
    for (int x = 0; x < values.length; x++) {
      values[x] = Math.max(0, Math.min(largest, values[x]));
    }
  }
}
