package org.food4j.data.duplicate;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds hashes that are close to a given one: those that agree with it in one of four bands of 16
 * bits, or in all of a band but one of its four least sure bits (Q. Lv et al., <i>Multi-Probe
 * LSH</i>, 2007).
 *
 * <p>Where very many hashes share a band, only the nearest in numerical order, the band being the
 * leading digits, are looked at: a query costs a bounded time whatever the hashes are.
 */
final class HashIndex {
  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;
  private static final int BUCKETS = 1 << BAND_BITS;
  private static final int UNSURE = 4;

  /** The most hashes of a bucket that one probe looks at. */
  static final int LONGEST_LOOK = 48;

  private final long[] hashes;

  /** Per band, the indices in the order of {@link #key}. */
  private final int[][] sorted = new int[BANDS][];

  /** Per band and value of it, where its bucket starts in {@code sorted}; one more at the end. */
  private final int[][] starts = new int[BANDS][];

  /**
   * @param hashes by index; not copied
   * @param included the indices to find, ascending
   */
  HashIndex(long[] hashes, int[] included) {
    this.hashes = hashes;
    for (int band = 0; band < BANDS; band++) {
      int[] order = included;
      for (int digit = 0; digit < BANDS; digit++) {
        starts[band] = starts(order, band, digit);
        order = bySingleDigit(order, band, digit, starts[band]);
      }
      sorted[band] = order;
    }
  }

  /**
   * Passes on the indices of hashes that may be close, the same ones possibly several times.
   *
   * @param margins per bit, how sure it is
   */
  void near(long hash, double[] margins, IntConsumer found) {
    for (int band = 0; band < BANDS; band++) {
      look(hash, band, found);
      long flipped = 0;
      for (int n = 0; n < UNSURE; n++) {
        int least = -1;
        for (int bit = band * BAND_BITS; bit < (band + 1) * BAND_BITS; bit++) {
          if ((flipped >>> bit & 1) == 0 && (least < 0 || margins[bit] < margins[least])) {
            least = bit;
          }
        }
        flipped |= 1L << least;
        look(hash ^ 1L << least, band, found);
      }
    }
  }

  private void look(long hash, int band, IntConsumer found) {
    long key = key(hash, band);
    int bucket = digit(key, BANDS - 1);
    int from = starts[band][bucket];
    int to = starts[band][bucket + 1];
    int[] order = sorted[band];
    if (to - from > LONGEST_LOOK) {
      int place = place(order, from, to, key, band);
      from = Math.max(from, Math.min(place - LONGEST_LOOK / 2, to - LONGEST_LOOK));
      to = from + LONGEST_LOOK;
    }
    for (int i = from; i < to; i++) {
      found.accept(order[i]);
    }
  }

  /** The first place in a bucket whose key is not below the given one. */
  private int place(int[] order, int from, int to, long key, int band) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = low + high >>> 1;
      if (Long.compareUnsigned(key(hashes[order[middle]], band), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The hash turned until the band is its leading digits. */
  private static long key(long hash, int band) {
    return Long.rotateRight(hash, BAND_BITS * (band + 1));
  }

  private static int digit(long key, int digit) {
    return (int) (key >>> BAND_BITS * digit) & BUCKETS - 1;
  }

  private int[] starts(int[] order, int band, int digit) {
    int[] starts = new int[BUCKETS + 1];
    for (int i : order) {
      starts[digit(key(hashes[i], band), digit) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return starts;
  }

  /** One pass of a radix sort, which keeps the order of equal digits. */
  private int[] bySingleDigit(int[] order, int band, int digit, int[] starts) {
    int[] next = starts.clone();
    int[] sorted = new int[order.length];
    for (int i : order) {
      sorted[next[digit(key(hashes[i], band), digit)]++] = i;
    }
    return sorted;
  }
}
