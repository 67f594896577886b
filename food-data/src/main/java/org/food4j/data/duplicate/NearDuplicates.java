package org.food4j.data.duplicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of photos that look alike: connected by chains of pairs whose perceptual hashes differ in
 * at most a given number of bits.
 */
public final class NearDuplicates {
  /** Bits that may differ, unless another number is asked for. */
  public static final int DEFAULT_DISTANCE = 4;

  private final int[] parents;

  private NearDuplicates(int size) {
    parents = new int[size];
    for (int i = 0; i < size; i++) {
      parents[i] = i;
    }
  }

  /**
   * Finds the groups. Only hashes that agree in one of {@code distance + 1} bands of bits are
   * compared: two hashes that differ in {@code distance} bits cannot differ in every band.
   *
   * @param hashes of the photos
   * @param distance bits that may differ, 0 to 15
   * @return for each photo the lowest index in its group: equal numbers, same group
   * @throws IllegalArgumentException if the distance is out of range
   */
  public static int[] groups(long[] hashes, int distance) {
    if (distance < 0 || distance > 15) {
      throw new IllegalArgumentException(
          "Near duplicates differ in 0 to 15 of 64 bits, not in " + distance);
    }
    NearDuplicates found = new NearDuplicates(hashes.length);
    int bands = distance + 1;
    for (int band = 0; band < bands; band++) {
      int from = 64 * band / bands;
      int bits = 64 * (band + 1) / bands - from;
      long mask = bits == 64 ? -1 : (1L << bits) - 1;
      Map<Long, List<Integer>> alike = new HashMap<>();
      for (int i = 0; i < hashes.length; i++) {
        List<Integer> others =
            alike.computeIfAbsent(hashes[i] >>> from & mask, key -> new ArrayList<>());
        for (int other : others) {
          if (PerceptualHash.distance(hashes[i], hashes[other]) <= distance) {
            found.join(i, other);
          }
        }
        others.add(i);
      }
    }
    int[] groups = new int[hashes.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = found.root(i);
    }
    return groups;
  }

  private int root(int i) {
    while (parents[i] != i) {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
    return i;
  }

  private void join(int one, int other) {
    int a = root(one);
    int b = root(other);
    // The lower index stays the root, so that the numbers do not depend on the order of joining.
    parents[Math.max(a, b)] = Math.min(a, b);
  }
}
