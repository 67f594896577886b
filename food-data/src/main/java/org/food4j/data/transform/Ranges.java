package org.food4j.data.transform;

import java.util.Random;

/** What the transforms ask of their numbers, in the same words. */
final class Ranges {
  private Ranges() {}

  static void requireProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A probability lies between 0 and 1: " + probability);
    }
  }

  /** Of a factor, as {@code ImageEnhance} takes it. */
  static void requireFactor(double factor) {
    requireWithin("A factor", factor, 0, Float.MAX_VALUE);
  }

  /**
   * @param what the number's name, to begin a sentence with
   */
  static void requireWithin(String what, double value, double least, double largest) {
    if (!(value >= least && value <= largest)) {
      throw new IllegalArgumentException(
          "%s lies between %s and %s, not at %s".formatted(what, least, largest, value));
    }
  }

  /** Uniform between two numbers. */
  static double between(double least, double largest, Random random) {
    return least + (largest - least) * random.nextDouble();
  }

  /** Uniform between minus and plus an amount. */
  static double around(double amount, Random random) {
    return between(-amount, amount, random);
  }
}
