package org.food4j.data.photo;

/** Between blue, green, red, as OpenCV and Windows have them, and red, green, blue. */
public final class ChannelOrder {
  private ChannelOrder() {}

  /**
   * Swaps the first and the third channel in place.
   *
   * @param pixels {@code [pixels, 3]}
   * @return the same array
   */
  public static byte[] swapRedAndBlue(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      byte first = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = first;
    }
    return pixels;
  }
}
