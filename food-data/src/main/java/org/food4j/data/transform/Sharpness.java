package org.food4j.data.transform;

import java.util.Arrays;
import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Scales each value's distance from the mean of its neighbourhood of 3 x 3 pixels, in which the
 * pixel itself counts five times: the pixels of Pillow's {@code ImageEnhance.Sharpness}. The
 * outermost pixels keep their values.
 *
 * @param factor at least 0; 0 smooths, 1 changes nothing, 2 sharpens
 */
public record Sharpness(double factor) implements PhotoTransform {
  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public Sharpness {
    Ranges.requireFactor(factor);
  }

  @Override
  public Photo apply(Photo photo, Random random) {
    byte[] in = photo.rgb();
    int stride = photo.width() * 3;
    float scale = (float) factor;
    byte[] out = Arrays.copyOf(in, in.length);
    int[] columns = new int[stride];
    for (int row = stride; row < in.length - stride; row += stride) {
      for (int i = 0; i < stride; i++) {
        columns[i] =
            (in[row + i - stride] & 0xff) + (in[row + i] & 0xff) + (in[row + i + stride] & 0xff);
      }
      for (int i = 3; i < stride - 3; i++) {
        int value = in[row + i] & 0xff;
        int sum = columns[i - 3] + columns[i] + columns[i + 3] + 4 * value;
        out[row + i] = Blend.of((2 * sum + 13) / 26, value, scale);
      }
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
