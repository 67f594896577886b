package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Mirrors the photo left to right, sometimes.
 *
 * @param probability of mirroring, 0 to 1
 */
public record HorizontalFlip(double probability) implements PhotoTransform {
  /**
   * Checks the probability.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public HorizontalFlip {
    Ranges.requireProbability(probability);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    return random.nextDouble() < probability ? mirror(photo) : photo;
  }

  private static Photo mirror(Photo photo) {
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    int stride = photo.width() * 3;
    for (int line = 0; line < in.length; line += stride) {
      int to = line + stride - 3;
      for (int from = line; from < line + stride; from += 3, to -= 3) {
        out[to] = in[from];
        out[to + 1] = in[from + 1];
        out[to + 2] = in[from + 2];
      }
    }
    return new Photo(photo.width(), photo.height(), out);
  }
}
