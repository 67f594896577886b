package org.food4j.data.synthetic;

/**
 * How the camera saw it: light that falls off across the picture, colour temperature, exposure,
 * contrast, vignette, a little blur and the sensor's noise.
 */
final class Exposure {
  private static final float KNEE = 190;
  private static final int NOISE_SIZE = 1 << 12;
  private static final int MASK = NOISE_SIZE - 1;

  /** Standard normal values; drawing each anew would cost more than the painting. */
  private static final float[] NOISE = noise();

  private Exposure() {}

  /**
   * Develops a picture.
   *
   * @param pixels {@code [height, width]}, each 0xRRGGBB
   * @param light direction in the picture that the light comes from, radians
   * @return {@code [height, width, 3]} bytes
   */
  static byte[] develop(int[] pixels, int width, int height, double light, Dice dice) {
    float warmth = (float) dice.gaussian(0.07);
    float tint = (float) dice.gaussian(0.025);
    float exposure = (float) Math.exp(0.09 + dice.gaussian(0.16));
    float contrast = (float) dice.between(0.88, 1.14);
    float lift = (float) dice.between(-0.02, 0.05);
    float fall = (float) dice.between(0, 0.26);
    float vignette = (float) (dice.chance(0.6) ? dice.between(0.05, 0.38) : 0);
    double coarse = dice.between(0, 1);
    float grain = (float) (1.2 + 6.5 * coarse * coarse);
    float red = exposure * (1 + warmth);
    float green = exposure * (1 - tint);
    float blue = exposure * (1 - warmth);
    float pivot = 128 * (1 - contrast) + 255 * lift;
    int[] source =
        dice.chance(0.55) ? soften(pixels, width, height, dice.between(0.15, 1)) : pixels;
    float dx = (float) Math.cos(light) * fall;
    float dy = (float) Math.sin(light) * fall;
    byte[] rgb = new byte[3 * width * height];
    long bits = dice.bits();
    for (int y = 0, p = 0; y < height; y++) {
      float v = 2f * y / height - 1;
      for (int x = 0; x < width; x++, p++) {
        float u = 2f * x / width - 1;
        float fallen = (1 + dx * u + dy * v) * (1 - vignette * (u * u + v * v) * 0.5f) * contrast;
        bits = bits * 6364136223846793005L + 1442695040888963407L;
        int draw = (int) (bits >>> 32);
        float luma = NOISE[draw & MASK] * grain;
        float chroma = 0.4f * grain;
        int pixel = source[p];
        rgb[3 * p] =
            level(
                (pixel >> 16 & 255) * red * fallen + pivot,
                luma + NOISE[draw >>> 6 & MASK] * chroma);
        rgb[3 * p + 1] =
            level(
                (pixel >> 8 & 255) * green * fallen + pivot,
                luma + NOISE[draw >>> 12 & MASK] * chroma);
        rgb[3 * p + 2] =
            level((pixel & 255) * blue * fallen + pivot, luma + NOISE[draw >>> 18 & MASK] * chroma);
      }
    }
    return rgb;
  }

  /** The stored value: the bright end is bent so that white china keeps its shades. */
  private static byte level(float value, float noise) {
    float bent = value;
    if (value > KNEE) {
      float over = (value - KNEE) / (255 - KNEE);
      bent = KNEE + (255 - KNEE) * over / (1 + 0.6f * over);
    }
    return (byte) Math.max(0, Math.min(255, (int) (bent + noise + 0.5f)));
  }

  /** A three-by-three blur of that strength, 0 to 1. */
  private static int[] soften(int[] pixels, int width, int height, double strength) {
    int side = (int) (strength * 64);
    int[] across = new int[pixels.length];
    for (int y = 0, p = 0; y < height; y++) {
      for (int x = 0; x < width; x++, p++) {
        int before = pixels[x > 0 ? p - 1 : p];
        int after = pixels[x < width - 1 ? p + 1 : p];
        across[p] = blend(pixels[p], before, after, side);
      }
    }
    int[] down = new int[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      int above = across[p >= width ? p - width : p];
      int below = across[p + width < pixels.length ? p + width : p];
      down[p] = blend(across[p], above, below, side);
    }
    return down;
  }

  /** Three pixels as one, the outer ones with a weight of so many 256ths each. */
  private static int blend(int centre, int before, int after, int side) {
    int middle = 256 - 2 * side;
    // Red and blue share one multiplication: each product fits into the 16 bits it has.
    int redBlue =
        (centre & 0xFF00FF) * middle + ((before & 0xFF00FF) + (after & 0xFF00FF)) * side + 0x800080;
    int green = (centre & 0xFF00) * middle + ((before & 0xFF00) + (after & 0xFF00)) * side + 0x8000;
    return (redBlue >>> 8 & 0xFF00FF) | (green >>> 8 & 0xFF00);
  }

  private static float[] noise() {
    Dice dice = new Dice(20_080_808);
    float[] values = new float[NOISE_SIZE];
    for (int i = 0; i < NOISE_SIZE; i++) {
      values[i] = (float) dice.gaussian(1);
    }
    return values;
  }
}
