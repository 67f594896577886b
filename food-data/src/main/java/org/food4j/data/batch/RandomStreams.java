package org.food4j.data.batch;

import java.util.Random;

/**
 * Random streams that depend on what they are for, not on when they are asked for: one per epoch
 * for the order, one per class and round through its photos, one per epoch and photo for the
 * augmentation, one per epoch and batch for the mixing. Keys are hashed with the finaliser of
 * SplitMix64 (Steele, Lea and Flood 2014, Fast Splittable Pseudorandom Number Generators), so that
 * neighbouring seeds, epochs and ids give unrelated streams.
 */
final class RandomStreams {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private RandomStreams() {}

  static Random order(long seed, int epoch) {
    return new Random(key(seed, epoch));
  }

  static Random photo(long seed, int epoch, String id) {
    long key = key(seed, epoch);
    for (int i = 0; i < id.length(); i++) {
      key = mix(key + GOLDEN_GAMMA + id.charAt(i));
    }
    return new Random(key);
  }

  static Random batch(long seed, int epoch, int batch) {
    return new Random(mix(mix(~key(seed, epoch)) + GOLDEN_GAMMA + batch));
  }

  static Random round(long seed, int label, long round) {
    return new Random(mix(key(seed, label) + GOLDEN_GAMMA + round));
  }

  private static long key(long seed, int epoch) {
    return mix(mix(seed + GOLDEN_GAMMA) + GOLDEN_GAMMA + epoch);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
