package org.food4j.train.loop;

import java.util.SplittableRandom;

/**
 * The seed of a training step's random numbers, dropout's and stochastic depth's. Each step starts
 * its own stream, so that a step does not depend on how many numbers were drawn before it, nor on
 * whether they were drawn by the same process.
 */
final class StepSeed {
  /** By which SplitMix64 steps through its states (Steele, Lea and Flood 2014, section 5). */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private StepSeed() {}

  /**
   * The value of the SplitMix64 stream of a seed.
   *
   * @param step from 0, over all epochs
   */
  static long of(long seed, long step) {
    return new SplittableRandom(seed + step * GOLDEN_GAMMA).nextLong();
  }
}
