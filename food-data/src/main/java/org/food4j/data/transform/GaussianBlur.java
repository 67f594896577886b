package org.food4j.data.transform;

import java.util.Arrays;
import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Blurs with a Gaussian whose standard deviation is drawn uniformly, as in SimCLR (Chen et al.
 * 2020, A Simple Framework for Contrastive Learning, appendix A) and torchvision's {@code
 * GaussianBlur}: the kernel is the sampled bell curve, normalised, here as far as three standard
 * deviations; the photo is continued by its edge pixels. Values are rounded once.
 *
 * @param minSigma least standard deviation in pixels, above 0
 * @param maxSigma its largest, {@code minSigma} to 100
 */
public record GaussianBlur(double minSigma, double maxSigma) implements PhotoTransform {
  private static final double REACH = 3;

  /** Bits of a weight. After the first pass 7 bits of the fraction are kept, so 15 + 15 in all. */
  private static final int BITS = 15;

  private static final int KEPT = 7;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is empty or outside its limits
   */
  public GaussianBlur {
    if (!(0 < minSigma && minSigma <= maxSigma && maxSigma <= 100)) {
      throw new IllegalArgumentException(
          "The standard deviations satisfy 0 < least <= largest <= 100 pixels, not %s and %s"
              .formatted(minSigma, maxSigma));
    }
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    int[] weights = weights(Ranges.between(minSigma, maxSigma, random));
    return weights.length == 1 ? photo : blur(photo, weights);
  }

  /** From the middle outwards; with its other side it sums to 1 in fixed point. */
  private static int[] weights(double sigma) {
    int radius = (int) Math.ceil(REACH * sigma);
    double[] bell = new double[radius + 1];
    double sum = 0;
    for (int i = 0; i <= radius; i++) {
      bell[i] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += i == 0 ? bell[i] : 2 * bell[i];
    }
    int[] weights = new int[radius + 1];
    int outer = 0;
    for (int i = 1; i <= radius; i++) {
      weights[i] = (int) Math.round(bell[i] / sum * (1 << BITS));
      outer += 2 * weights[i];
    }
    weights[0] = (1 << BITS) - outer;
    int used = radius;
    while (used > 0 && weights[used] == 0) {
      used--;
    }
    return Arrays.copyOf(weights, used + 1);
  }

  private static Photo blur(Photo photo, int[] weights) {
    int radius = weights.length - 1;
    int stride = photo.width() * 3;
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    int[] line = new int[stride + 6 * radius];
    int[] sums = new int[stride];
    // The rows that the next row of the result needs, each blurred sideways, in a ring
    int[][] ring = new int[2 * radius + 1][stride];
    int ready = 0;
    for (int y = 0; y < photo.height(); y++) {
      for (; ready <= Math.min(photo.height() - 1, y + radius); ready++) {
        sideways(in, ready * stride, line, weights, ring[ready % ring.length]);
      }
      Arrays.fill(sums, 1 << (BITS + KEPT - 1));
      addProducts(sums, ring[y % ring.length], weights[0]);
      for (int i = 1; i <= radius; i++) {
        addProducts(sums, ring[Math.max(0, y - i) % ring.length], weights[i]);
        addProducts(sums, ring[Math.min(photo.height() - 1, y + i) % ring.length], weights[i]);
      }
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = (byte) (sums[i] >> (BITS + KEPT));
      }
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  private static void sideways(byte[] in, int row, int[] line, int[] weights, int[] out) {
    int margin = 3 * (weights.length - 1);
    int stride = out.length;
    for (int i = 0; i < stride; i++) {
      line[margin + i] = in[row + i] & 0xff;
    }
    for (int i = 0; i < margin; i++) {
      line[i] = in[row + i % 3] & 0xff;
      line[margin + stride + i] = in[row + stride - 3 + i % 3] & 0xff;
    }
    Arrays.fill(out, 1 << (BITS - KEPT - 1));
    for (int k = 1 - weights.length; k < weights.length; k++) {
      int weight = weights[Math.abs(k)];
      int from = margin + 3 * k;
      for (int i = 0; i < stride; i++) {
        out[i] += line[from + i] * weight;
      }
    }
    for (int i = 0; i < stride; i++) {
      out[i] >>= BITS - KEPT;
    }
  }

  private static void addProducts(int[] sums, int[] values, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i] * weight;
    }
  }
}
