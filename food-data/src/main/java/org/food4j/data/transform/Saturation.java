package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Scales each pixel's distance from its own luma: the pixels of Pillow's {@code
 * ImageEnhance.Color}.
 *
 * @param factor at least 0; 0 is a grey photo, 1 changes nothing
 */
public record Saturation(double factor) implements PhotoTransform {
  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public Saturation {
    Ranges.requireFactor(factor);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    float scale = (float) factor;
    for (int i = 0; i < in.length; i += 3) {
      int red = in[i] & 0xff;
      int green = in[i + 1] & 0xff;
      int blue = in[i + 2] & 0xff;
      int luma = Blend.luma(red, green, blue);
      out[i] = Blend.of(luma, red, scale);
      out[i + 1] = Blend.of(luma, green, scale);
      out[i + 2] = Blend.of(luma, blue, scale);
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
