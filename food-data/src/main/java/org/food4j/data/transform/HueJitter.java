package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * A {@link HueShift} by turns drawn uniformly from {@code -amount} to {@code amount}: the hue of
 * torchvision's {@code ColorJitter}.
 *
 * @param amount in turns of the colour circle, 0 to 0.5. Food bears little: 0.05 makes a tomato
 *     orange
 */
public record HueJitter(double amount) implements PhotoTransform {
  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException if it is not 0 to 0.5
   */
  public HueJitter {
    Ranges.requireWithin("The amount of hue", amount, 0, 0.5);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return new HueShift(Ranges.around(amount, random)).apply(photo, random);
  }
}
