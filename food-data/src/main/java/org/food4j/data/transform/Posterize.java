package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Keeps the highest bits of each value and clears the others: Pillow's {@code ImageOps.posterize}.
 *
 * @param bits kept, 0 to 8; 8 changes nothing
 */
public record Posterize(int bits) implements PhotoTransform {
  /**
   * Checks the bits.
   *
   * @throws IllegalArgumentException if they are not 0 to 8
   */
  public Posterize {
    Ranges.requireWithin("The number of bits", bits, 0, 8);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    int mask = 0xff << (8 - bits);
    return ValueTable.apply(photo, ValueTable.of(v -> v & mask));
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
