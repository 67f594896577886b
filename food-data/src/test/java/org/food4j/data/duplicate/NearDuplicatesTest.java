package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
  @Test
  void groups_chainOfPairs_isOneGroup() {
    assertThat(NearDuplicates.groups(new long[] {0xff00, 0, 0xff, 0x0f}, 4))
        .containsExactly(0, 1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 10})
  void groups_randomHashes_areWhatComparingAllPairsFinds(int distance) {
    Random random = new Random(3);
    long[] hashes = random.longs(300).toArray();
    for (int i = 100; i < 300; i++) {
      hashes[i] = hashes[random.nextInt(i)];
      for (int bits = random.nextInt(12); bits > 0; bits--) {
        hashes[i] ^= 1L << random.nextInt(64);
      }
    }

    int[] groups = NearDuplicates.groups(hashes, distance);

    assertThat(groups).isEqualTo(byAllPairs(hashes, distance));
    assertThat(Arrays.stream(groups).distinct().count()).isBetween(50L, 299L);
  }

  @Test
  void groups_distanceOutOfRange_isRefused() {
    assertThatThrownBy(() -> NearDuplicates.groups(new long[1], 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16");
  }

  private static int[] byAllPairs(long[] hashes, int distance) {
    int[] groups = new int[hashes.length];
    Arrays.setAll(groups, i -> i);
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = 0; i < groups.length; i++) {
        for (int j = 0; j < groups.length; j++) {
          if (groups[j] < groups[i] && Long.bitCount(hashes[i] ^ hashes[j]) <= distance) {
            groups[i] = groups[j];
            changed = true;
          }
        }
      }
    }
    return groups;
  }
}
