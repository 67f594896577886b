package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Turns the values from a threshold on into their negative, {@code 255 - value}: Pillow's {@code
 * ImageOps.solarize}.
 *
 * @param threshold the least value turned, 0 to 256; 0 is the whole negative, 256 changes nothing
 */
public record Solarize(double threshold) implements PhotoTransform {
  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if it is not 0 to 256
   */
  public Solarize {
    Ranges.requireWithin("The threshold", threshold, 0, 256);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return ValueTable.apply(photo, ValueTable.of(v -> v < threshold ? v : 255 - v));
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
