package org.food4j.data.photo;

/** Blue, green, red, as OpenCV and Windows have them, to red, green, blue. */
final class ChannelOrder {
  private ChannelOrder() {}

  /** Swaps in place: {@code [pixels, 3]}. */
  static byte[] toRgb(byte[] bgr) {
    for (int i = 0; i < bgr.length; i += 3) {
      byte blue = bgr[i];
      bgr[i] = bgr[i + 2];
      bgr[i + 2] = blue;
    }
    return bgr;
  }
}
