package org.food4j.models.block;

/**
 * The chances with which stochastic depth leaves residual branches out: from 0 in the first block,
 * rising evenly, as torchvision counts: block i of n has {@code i / n} of the rate, i from 0, so
 * that the last one stays below it. The paper (Huang et al. 2016, arXiv 1603.09382, section 3) and
 * timm count one block further. Not thread-safe: each block takes the {@link #next}.
 */
public final class DropRates {
  private final double rate;
  private final int blocks;
  private int taken;

  /**
   * @param rate towards which the rates rise, 0 to below 1
   * @param blocks of the network
   */
  public DropRates(double rate, int blocks) {
    this.rate = rate;
    this.blocks = blocks;
  }

  /**
   * The next block's.
   *
   * @throws IllegalStateException if all blocks have theirs
   */
  public double next() {
    if (taken == blocks) {
      throw new IllegalStateException("All %d blocks have their rate".formatted(blocks));
    }
    return rate * taken++ / blocks;
  }
}
