package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Scales the values: the pixels of Pillow's {@code ImageEnhance.Brightness}.
 *
 * @param factor at least 0; 0 is black, 1 changes nothing
 */
public record Brightness(double factor) implements PhotoTransform {
  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public Brightness {
    Ranges.requireFactor(factor);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return ValueTable.apply(photo, ValueTable.of(v -> Blend.of(0, v, (float) factor)));
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
