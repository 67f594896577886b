package org.food4j.data.synthetic;

import java.util.List;
import java.util.SplittableRandom;

/** The random choices of one drawing, in a fixed order for a fixed seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Dice of their own for one part of a drawing, so that parts do not disturb each other. */
  Dice split() {
    return new Dice(random.nextLong());
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A value of the bell curve around 0 with that standard deviation. */
  double gaussian(double deviation) {
    return random.nextGaussian() * deviation;
  }

  /** A whole number between the two, both included. */
  int count(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A direction in radians. */
  double angle() {
    return between(0, 2 * Math.PI);
  }

  long bits() {
    return random.nextLong();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
