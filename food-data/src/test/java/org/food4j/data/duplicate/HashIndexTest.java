package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashIndexTest {
  private static List<Integer> near(HashIndex index, long hash, double[] margins) {
    List<Integer> found = new ArrayList<>();
    index.near(hash, margins, found::add);
    return found.stream().distinct().sorted().toList();
  }

  private static double[] equallySure() {
    double[] margins = new double[64];
    Arrays.fill(margins, 1);
    return margins;
  }

  @Test
  void near_oneBandAlike_isFound() {
    Random random = new Random(1);
    long[] hashes = random.longs(1000).toArray();
    HashIndex index = new HashIndex(hashes, IntStream.range(0, 1000).toArray());
    for (int i = 0; i < 1000; i++) {
      long other = hashes[i] ^ ~(0xffffL << 16 * (i % 4)) & random.nextLong();

      assertThat(near(index, other, equallySure())).contains(i);
    }
  }

  @Test
  void near_anUnsureBitInEachBand_isFound() {
    HashIndex index = new HashIndex(new long[] {0}, new int[] {0});
    double[] margins = equallySure();
    margins[13] = 0.5;
    long everyBandOff = 1L << 13 | 1L << 30 | 1L << 40 | 1L << 60;

    assertThat(near(index, everyBandOff, margins)).containsExactly(0);
    assertThat(near(index, everyBandOff, equallySure())).isEmpty();
    assertThat(near(new HashIndex(new long[1], new int[0]), 0, equallySure())).isEmpty();
  }

  @Test
  void near_manyOfOneBand_looksAtTheClosest() {
    long[] hashes = LongRange.of(10_000);
    HashIndex index = new HashIndex(hashes, IntStream.range(0, hashes.length).toArray());
    List<Integer> calls = new ArrayList<>();

    index.near(5000L << 32, equallySure(), calls::add);

    assertThat(calls).contains(5000).hasSizeLessThan(4 * 5 * HashIndex.LONGEST_LOOK);
  }

  /** Numbers that differ in one band and agree in three. */
  private static final class LongRange {
    static long[] of(int count) {
      return IntStream.range(0, count).mapToLong(i -> (long) i << 32).toArray();
    }
  }
}
