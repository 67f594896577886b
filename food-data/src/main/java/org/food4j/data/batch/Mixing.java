package org.food4j.data.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Photos of a training batch mixed two by two, their labels with them. Each photo takes its share
 * from the next one in the batch, the last from the first; a share is drawn once per batch.
 *
 * <ul>
 *   <li>mixup (Zhang et al. 2017, arXiv 1710.09412): {@code share * photo + (1 - share) * next}, of
 *       the normalised values;
 *   <li>CutMix (Yun et al. 2019, arXiv 1905.04899): a rectangle of {@code 1 - share} of the area,
 *       in the photo's aspect ratio, its middle anywhere, shows the next photo; what lies outside
 *       the photo is lost, and the labels get the shares that are really seen.
 * </ul>
 *
 * <p>Shares are drawn from Beta(alpha, alpha). Where both are on, each batch is mixed by the one or
 * the other, with equal probability.
 *
 * @param mixup alpha of mixup, 0 for none, up to 100; 0.2 is usual
 * @param cutmix alpha of CutMix, 0 for none, up to 100; 1 is usual
 */
public record Mixing(double mixup, double cutmix) {
  /** The largest alpha. */
  public static final double MAX_ALPHA = 100;

  /** Every photo for itself. */
  public static final Mixing NONE = new Mixing(0, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not between 0 and {@link #MAX_ALPHA}
   */
  public Mixing {
    if (!(isAlpha(mixup) && isAlpha(cutmix))) {
      throw new IllegalArgumentException(
          "mixup and cutmix lie between 0 (off) and %s, not at %s and %s"
              .formatted(MAX_ALPHA, mixup, cutmix));
    }
  }

  /** Whether a number can be an alpha, 0 to {@link #MAX_ALPHA}. */
  public static boolean isAlpha(double value) {
    return value >= 0 && value <= MAX_ALPHA;
  }

  /** Whether photos are mixed at all. */
  public boolean isOn() {
    return mixup > 0 || cutmix > 0;
  }

  /**
   * Mixes a batch in place.
   *
   * @param input {@code [photos, 3, size, size]}
   * @param labels {@code [photos, classes]}
   * @param random the batch's own stream; advanced
   * @throws IllegalArgumentException if the arrays do not hold whole photos of that size, or whole
   *     rows
   */
  void apply(float[] input, float[] labels, int photos, int size, Random random) {
    if (input.length != photos * 3 * size * size || labels.length % photos != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d floats are not %d photos of %d x %d pixels with %d labels",
              input.length,
              photos,
              size,
              size,
              labels.length));
    }
    if (!isOn()) {
      return;
    }
    boolean cuts = cutmix > 0 && (mixup == 0 || random.nextBoolean());
    double share = SymmetricBeta.draw(cuts ? cutmix : mixup, random);
    if (cuts) {
      share = cut(input, photos, size, share, random);
    } else {
      blend(input, photos, (float) share);
    }
    blend(labels, photos, (float) share);
  }

  /** Returns the share that each photo really keeps. */
  private static double cut(float[] input, int photos, int size, double share, Random random) {
    double half = size * Math.sqrt(1 - share) / 2;
    double middleX = size * random.nextDouble();
    double middleY = size * random.nextDouble();
    int left = (int) Math.round(Math.max(0, middleX - half));
    int right = (int) Math.round(Math.min(size, middleX + half));
    int upper = (int) Math.round(Math.max(0, middleY - half));
    int lower = (int) Math.round(Math.min(size, middleY + half));
    int width = right - left;
    float[] first = new float[width];
    int plane = size * size;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = upper; y < lower; y++) {
        int at = channel * plane + y * size + left;
        System.arraycopy(input, at, first, 0, width);
        for (int n = 1; n < photos; n++, at += 3 * plane) {
          System.arraycopy(input, at + 3 * plane, input, at, width);
        }
        System.arraycopy(first, 0, input, at, width);
      }
    }
    return 1 - (double) width * (lower - upper) / plane;
  }

  /** Blends each row with the next one, the last with the first. */
  private static void blend(float[] values, int rows, float share) {
    int length = values.length / rows;
    float rest = 1 - share;
    float[] first = Arrays.copyOf(values, length);
    int last = values.length - length;
    for (int i = 0; i < last; i++) {
      values[i] = share * values[i] + rest * values[i + length];
    }
    for (int i = 0; i < length; i++) {
      values[last + i] = share * values[last + i] + rest * first[i];
    }
  }
}
