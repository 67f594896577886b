package org.food4j.data.photo;

/**
 * What the components of a JPEG mean, and the conversion of their samples to RGB. ICC profiles are
 * ignored, as OpenCV and Pillow ignore them.
 *
 * <p>YCbCr as JFIF defines it ({@link Bt601}) in libjpeg's fixed-point arithmetic, so that the
 * result has the bits of any decoder built on libjpeg. CMYK is taken as Adobe stores it, inverted
 * (255: no ink), whether or not the file says so, and each colour is {@code ink * black / 255},
 * rounded: what Pillow's {@code convert("RGB")} gives.
 */
enum JpegColour {
  GREY(1, 1),
  YCBCR(3, 1),
  RGB(3, 0),
  CMYK(4, 0),
  YCCK(4, 2);

  private final int components;
  private final int adobeTransform;

  JpegColour(int components, int adobeTransform) {
    this.components = components;
    this.adobeTransform = adobeTransform;
  }

  int components() {
    return components;
  }

  /** The transform that an Adobe segment (APP14) names for these components. */
  int adobeTransform() {
    return adobeTransform;
  }

  /**
   * Converts samples to RGB.
   *
   * @param samples interleaved, {@code [pixels, components]}; overwritten, and returned where the
   *     result has the same length
   * @return {@code [pixels, 3]}
   */
  byte[] toRgb(byte[] samples) {
    return switch (this) {
      case GREY -> grey(samples);
      case RGB -> samples;
      case YCBCR -> {
        ycc(samples, 3, false);
        yield samples;
      }
      case CMYK -> cmyk(samples);
      case YCCK -> {
        ycc(samples, 4, true);
        yield cmyk(samples);
      }
    };
  }

  private static byte[] grey(byte[] samples) {
    byte[] rgb = new byte[Math.multiplyExact(samples.length, 3)];
    for (int i = 0, at = 0; i < samples.length; i++, at += 3) {
      rgb[at] = rgb[at + 1] = rgb[at + 2] = samples[i];
    }
    return rgb;
  }

  /** Luma and chroma to red, green and blue in place, or to their complements. */
  private static void ycc(byte[] samples, int step, boolean complement) {
    int flip = complement ? 255 : 0;
    for (int at = 0; at < samples.length; at += step) {
      int y = samples[at] & 0xff;
      int blue = (samples[at + 1] & 0xff) - 128;
      int red = (samples[at + 2] & 0xff) - 128;
      samples[at] = (byte) (clamp(Bt601.red(y, red)) ^ flip);
      samples[at + 1] = (byte) (clamp(Bt601.green(y, blue, red)) ^ flip);
      samples[at + 2] = (byte) (clamp(Bt601.blue(y, blue)) ^ flip);
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static byte[] cmyk(byte[] samples) {
    byte[] rgb = new byte[samples.length / 4 * 3];
    for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
      int black = samples[from + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        rgb[to + c] = (byte) (black - dividedBy255((255 - (samples[from + c] & 0xff)) * black));
      }
    }
    return rgb;
  }

  /** A product of two bytes divided by 255, to the nearest integer. */
  static int dividedBy255(int product) {
    int rounded = product + 128;
    return rounded + (rounded >> 8) >> 8;
  }
}
