package org.food4j.models.block;

/** How published networks round their widths. */
public final class ChannelCounts {
  private static final int DIVISOR = 8;

  private ChannelCounts() {}

  /**
   * The nearest multiple of 8, but not more than a tenth below (Sandler et al. 2018, as in their
   * published code).
   */
  public static int divisible(double channels) {
    int nearest = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return nearest < 0.9 * channels ? nearest + DIVISOR : nearest;
  }
}
