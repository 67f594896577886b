package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Scales the values' distance from the photo's mean luma: the pixels of Pillow's {@code
 * ImageEnhance.Contrast}.
 *
 * @param factor at least 0; 0 is plain grey, 1 changes nothing
 */
public record Contrast(double factor) implements PhotoTransform {
  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public Contrast {
    Ranges.requireFactor(factor);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    int mean = meanLuma(photo.rgb());
    return ValueTable.apply(photo, ValueTable.of(v -> Blend.of(mean, v, (float) factor)));
  }

  private static int meanLuma(byte[] rgb) {
    long sum = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      sum += Blend.luma(rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff);
    }
    int pixels = rgb.length / 3;
    return (int) ((2 * sum + pixels) / (2L * pixels));
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
