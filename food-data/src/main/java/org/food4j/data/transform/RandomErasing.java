package org.food4j.data.transform;

import java.util.Random;
import java.util.SplittableRandom;
import org.food4j.data.photo.Photo;

/**
 * Covers a rectangle, sometimes (Zhong et al. 2017, arXiv 1708.04896): for the final photo, last of
 * all transforms. Area (uniform), aspect ratio (log-uniform, as in torchvision's {@code
 * RandomErasing}; the paper draws it uniformly) and position (uniform) are drawn up to ten times
 * until the rectangle fits; else the photo stays whole.
 *
 * @param probability of covering, 0 to 1
 * @param minArea the rectangle's least share of the photo, above 0
 * @param maxArea its largest share, {@code minArea} to 1
 * @param maxRatio its largest height / width, at least 1; the least is {@code 1 / maxRatio}
 * @param cover what it shows
 */
public record RandomErasing(
    double probability, double minArea, double maxArea, double maxRatio, Cover cover)
    implements PhotoTransform {
  private static final int ATTEMPTS = 10;

  /** What an erased rectangle shows. */
  public enum Cover {
    /** Each value random, uniformly 0 to 255: best in the paper (RE-R). */
    NOISE,
    /** {@link Fill#MEAN_COLOUR} (the paper's RE-M). */
    MEAN_COLOUR
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is outside its range
   */
  public RandomErasing {
    Ranges.requireProbability(probability);
    if (!(0 < minArea && minArea <= maxArea && maxArea <= 1)) {
      throw new IllegalArgumentException(
          "The shares of the area satisfy 0 < least <= largest <= 1, not %s and %s"
              .formatted(minArea, maxArea));
    }
    Ranges.requireWithin("The aspect ratio", maxRatio, 1, 100);
  }

  /**
   * The usual values: 2 to 33 % of the area, aspect ratio 0.3 to 3.3.
   *
   * @param probability of covering, 0 to 1
   */
  public static RandomErasing of(double probability, Cover cover) {
    return new RandomErasing(probability, 0.02, 0.33, 1 / 0.3, cover);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    if (random.nextDouble() >= probability) {
      return photo;
    }
    double pixels = (double) photo.width() * photo.height();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = pixels * Ranges.between(minArea, maxArea, random);
      double ratio = Math.exp(Ranges.around(Math.log(maxRatio), random));
      int width = (int) Math.round(Math.sqrt(area / ratio));
      int height = (int) Math.round(Math.sqrt(area * ratio));
      if (width >= 1 && height >= 1 && width <= photo.width() && height <= photo.height()) {
        int x = random.nextInt(photo.width() - width + 1);
        int y = random.nextInt(photo.height() - height + 1);
        return cover(photo, x, y, width, height, random);
      }
    }
    return photo;
  }

  private Photo cover(Photo photo, int x, int y, int width, int height, Random random) {
    byte[] out = photo.rgb().clone();
    SplittableRandom noise = new SplittableRandom(random.nextLong());
    byte[] row = new byte[3 * width];
    for (int line = y; line < y + height; line++) {
      if (cover == Cover.NOISE) {
        noise.nextBytes(row);
      } else if (line == y) {
        for (int i = 0; i < row.length; i += 3) {
          row[i] = (byte) Fill.MEAN_COLOUR.red();
          row[i + 1] = (byte) Fill.MEAN_COLOUR.green();
          row[i + 2] = (byte) Fill.MEAN_COLOUR.blue();
        }
      }
      System.arraycopy(row, 0, out, 3 * (line * photo.width() + x), row.length);
    }
    return new Photo(photo.width(), photo.height(), out);
  }
}
