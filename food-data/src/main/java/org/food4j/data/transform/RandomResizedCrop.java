package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.Pixels;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Box;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;

/**
 * A random part of the photo, resized to a square: the "Inception" crop of Szegedy et al. 2015
 * (Going Deeper with Convolutions), defined as torchvision's {@code RandomResizedCrop}, but with
 * edges that may lie between pixels.
 *
 * <p>Area (uniform), aspect ratio (log-uniform) and position (uniform) are drawn up to ten times
 * until the part fits into the photo. A photo so long or tall that none fits gives its largest
 * centred part whose aspect ratio is allowed, which may fall short of {@code minArea}.
 *
 * @param size height and width of the result in pixels, at least 1
 * @param minArea the part's least share of the photo's area, above 0
 * @param maxArea its largest share, {@code minArea} to 1
 * @param minRatio the part's least width / height before the resize, above 0
 * @param maxRatio its largest width / height, at least {@code minRatio}
 * @param interpolation the filter of the resize
 */
public record RandomResizedCrop(
    int size,
    double minArea,
    double maxArea,
    double minRatio,
    double maxRatio,
    Interpolation interpolation)
    implements PhotoTransform {
  private static final int ATTEMPTS = 10;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the size is below 1, or a range is empty or outside its
   *     limits
   */
  public RandomResizedCrop {
    if (size < 1) {
      throw new IllegalArgumentException("The result has at least 1 pixel a side, not " + size);
    }
    if (!(0 < minArea && minArea <= maxArea && maxArea <= 1)) {
      throw new IllegalArgumentException(
          "The shares of the area satisfy 0 < least <= largest <= 1, not %s and %s"
              .formatted(minArea, maxArea));
    }
    if (!(0 < minRatio && minRatio <= maxRatio && maxRatio < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The aspect ratios satisfy 0 < least <= largest, not %s and %s"
              .formatted(minRatio, maxRatio));
    }
  }

  /** 35 to 100 % of the area, aspect ratio 3/4 to 4/3. */
  public static RandomResizedCrop of(int size, Interpolation interpolation) {
    return new RandomResizedCrop(size, 0.35, 1, 3.0 / 4, 4.0 / 3, interpolation);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return crop(photo, random);
  }

  @Override
  public Photo applyDecoded(ScaledPhoto photo, Random random) {
    return crop(photo.pixels(), random);
  }

  private Photo crop(Pixels pixels, Random random) {
    Box part = part(pixels.width(), pixels.height(), random);
    return new Resampler(interpolation).resize(pixels, part, size, size);
  }

  /** Draws the part of a photo of that width and height. */
  Box part(int width, int height, Random random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (double) width * height * (minArea + (maxArea - minArea) * random.nextDouble());
      double ratio = minRatio * Math.pow(maxRatio / minRatio, random.nextDouble());
      double partWidth = Math.sqrt(area * ratio);
      double partHeight = Math.sqrt(area / ratio);
      if (partWidth <= width && partHeight <= height) {
        return new Box(
            (width - partWidth) * random.nextDouble(),
            (height - partHeight) * random.nextDouble(),
            partWidth,
            partHeight);
      }
    }
    double partWidth = Math.min(width, height * maxRatio);
    double partHeight = Math.min(height, width / minRatio);
    return new Box((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
  }
}
