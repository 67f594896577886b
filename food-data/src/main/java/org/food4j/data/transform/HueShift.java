package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * Turns the hue of each pixel (the angle of the HSV hexcone, A. R. Smith 1978, <i>Color Gamut
 * Transform Pairs</i>), leaving its saturation and value: what torchvision's {@code adjust_hue}
 * does on floating-point images.
 *
 * @param turns of the colour circle, -1 to 1: 1/3 makes red green
 */
public record HueShift(double turns) implements PhotoTransform {
  /** A sextant of the circle in fixed point. */
  private static final int ONE = 1 << 12;

  /**
   * Checks the turns.
   *
   * @throws IllegalArgumentException if they are not -1 to 1
   */
  public HueShift {
    Ranges.requireWithin("A turn of the hue", turns, -1, 1);
  }

  /**
   * The hue times the chroma (largest minus least channel) is a whole number in terms of the
   * channels, and so is all that follows: no pixel needs a division.
   */
  @Override
  public Photo apply(Photo photo, Random random) {
    byte[] in = photo.rgb();
    byte[] out = new byte[in.length];
    int shift = (int) Math.round((turns < 0 ? turns + 1 : turns) * 6 * ONE);
    for (int i = 0; i < in.length; i += 3) {
      int red = in[i] & 0xff;
      int green = in[i + 1] & 0xff;
      int blue = in[i + 2] & 0xff;
      int largest = Math.max(red, Math.max(green, blue));
      int least = Math.min(red, Math.min(green, blue));
      int chroma = largest - least;
      int sextants =
          largest == red
              ? green - blue
              : largest == green ? blue - red + 2 * chroma : red - green + 4 * chroma;
      int circle = 6 * ONE * chroma;
      int hue = sextants * ONE + shift * chroma;
      hue = hue < 0 ? hue + circle : hue >= circle ? hue - circle : hue;
      int one = ONE * chroma;
      int base = least * ONE + ONE / 2;
      out[i] = (byte) ((base + clamp(Math.abs(hue - 3 * one) - one, one)) >> 12);
      out[i + 1] = (byte) ((base + clamp(2 * one - Math.abs(hue - 2 * one), one)) >> 12);
      out[i + 2] = (byte) ((base + clamp(2 * one - Math.abs(hue - 4 * one), one)) >> 12);
    }
    return new Photo(photo.width(), photo.height(), out);
  }

  private static int clamp(int value, int largest) {
    return Math.max(0, Math.min(largest, value));
  }

  @Override
  public boolean isRandom() {
    return false;
  }
}
