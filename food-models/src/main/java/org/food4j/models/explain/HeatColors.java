package org.food4j.models.explain;

/**
 * Colours from cold to hot: dark violet over red to light yellow. Lightness rises all the way, and
 * each of the 255 steps is equally far in Oklab (Ottosson 2020), where equal distances look equal;
 * so a print in grey reads alike, and no colour draws a border where the heat has none.
 */
final class HeatColors {
  private static final int COLORS = 256;
  private static final int SAMPLES = 4096;
  private static final int[] TABLE = table();

  private HeatColors() {}

  /**
   * The colour of a heat.
   *
   * @param heat 0 to 1
   * @return {@code 0xrrggbb}
   */
  static int of(double heat) {
    return TABLE[(int) Math.round(heat * (COLORS - 1))];
  }

  /** Walks the path in small steps and takes a colour after each 255th of its length. */
  private static int[] table() {
    double[] length = new double[SAMPLES + 1];
    for (int i = 1; i <= SAMPLES; i++) {
      length[i] = length[i - 1] + distance(path((i - 1.0) / SAMPLES), path(i / (double) SAMPLES));
    }
    int[] table = new int[COLORS];
    for (int color = 0, i = 0; color < COLORS; color++) {
      double at = length[SAMPLES] * color / (COLORS - 1);
      while (i < SAMPLES && length[i] < at) {
        i++;
      }
      table[color] = rgb(path(i / (double) SAMPLES));
    }
    return table;
  }

  /** Lightness, a and b of Oklab at a part of the way. */
  static double[] path(double part) {
    double lightness = 0.24 + 0.70 * part;
    double chroma = 0.09 + 0.12 * Math.sin(Math.PI * Math.pow(part, 0.85)) + 0.03 * part;
    double hue = Math.toRadians(295 + 172 * part);
    return new double[] {lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)};
  }

  private static double distance(double[] first, double[] second) {
    return Math.hypot(first[0] - second[0], Math.hypot(first[1] - second[1], first[2] - second[2]));
  }

  /** From Oklab by its two matrices to linear light, then sRGB (IEC 61966-2-1). */
  private static int rgb(double[] oklab) {
    double l = cubed(oklab[0] + 0.3963377774 * oklab[1] + 0.2158037573 * oklab[2]);
    double m = cubed(oklab[0] - 0.1055613458 * oklab[1] - 0.0638541728 * oklab[2]);
    double s = cubed(oklab[0] - 0.0894841775 * oklab[1] - 1.2914855480 * oklab[2]);
    return encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  private static double cubed(double value) {
    return value * value * value;
  }

  private static int encoded(double light) {
    double clipped = Math.max(0, Math.min(1, light));
    double value =
        clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * value);
  }
}
