package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Mirrors the photo top to bottom, sometimes: for photos taken from above.
 *
 * @param probability of mirroring, 0 to 1
 */
public record VerticalFlip(double probability) implements PhotoTransform {
  /**
   * Checks the probability.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public VerticalFlip {
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
      System.arraycopy(in, line, out, in.length - stride - line, stride);
    }
    return new Photo(photo.width(), photo.height(), out);
  }
}
