package org.food4j.train.search;

import java.util.Locale;

/** Which combinations a sweep tries, and for how long. */
public enum SweepStrategy {
  /** All of them. */
  GRID,
  /** Some, drawn at random. */
  RANDOM,
  /** All, or some drawn at random, for few epochs; the best for more: {@link Halving}. */
  HALVING;

  /** The name in files and for people. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
