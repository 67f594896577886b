package org.food4j.data.transform;

import java.util.Random;
import java.util.SplittableRandom;
import org.food4j.data.photo.Photo;

/**
 * Adds to each value a normally distributed number of its own; the standard deviation is drawn
 * uniformly per photo. The sums are rounded and clipped to 0..255.
 *
 * <p>The noise is drawn from 4096 equally probable quantiles of the normal distribution, which
 * reach to 3.6 standard deviations, by a SplitMix64 stream that the photo's own stream seeds.
 *
 * @param minSigma least standard deviation in grey levels, 0 to 255
 * @param maxSigma its largest, {@code minSigma} to 255
 */
public record GaussianNoise(double minSigma, double maxSigma) implements PhotoTransform {
  private static final int QUANTILE_BITS = 12;
  private static final int[] QUANTILES = quantiles();

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty or outside its limits
   */
  public GaussianNoise {
    if (!(0 <= minSigma && minSigma <= maxSigma && maxSigma <= 255)) {
      throw new IllegalArgumentException(
          "The standard deviations satisfy 0 <= least <= largest <= 255 grey levels, not %s and %s"
              .formatted(minSigma, maxSigma));
    }
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    int sigma = (int) Math.round(256 * Ranges.between(minSigma, maxSigma, random));
    SplittableRandom stream = new SplittableRandom(random.nextLong());
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    long bits = 0;
    for (int i = 0; i < in.length; i++) {
      bits = i % 5 == 0 ? stream.nextLong() : bits >>> QUANTILE_BITS;
      int noise = QUANTILES[(int) bits & QUANTILES.length - 1] * sigma;
      int value = (in[i] & 0xff) + (noise + (1 << 19) >> 20);
      out[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  /** Each the normal distribution's quantile in the middle of its step, in 1/4096. */
  private static int[] quantiles() {
    int steps = 1 << QUANTILE_BITS;
    int[] quantiles = new int[steps];
    // Integrates the density step by step from the middle: each step holds 1/steps of the mass
    double mass = 0;
    double at = 0;
    double width = 1e-4;
    for (int i = steps / 2; i < steps; i++) {
      double wanted = (i - steps / 2.0 + 0.5) / steps;
      while (mass < wanted) {
        double density = StrictMath.exp(-(at + width / 2) * (at + width / 2) / 2);
        mass += density * width / StrictMath.sqrt(2 * StrictMath.PI);
        at += width;
      }
      quantiles[i] = (int) Math.round(at * 4096);
      quantiles[steps - 1 - i] = -quantiles[i];
    }
    return quantiles;
  }
}
