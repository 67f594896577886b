package org.food4j.data.transform;

import java.util.Random;
import org.food4j.data.photo.Photo;

/**
 * What AutoAugment (Cubuk et al. 2018, arXiv 1805.09501) and its successors choose from. Shears,
 * shifts and rotations go either way, and so do the enhancements: half of them are weakened.
 */
enum Operation {
  IDENTITY,
  SHEAR_X,
  SHEAR_Y,
  TRANSLATE_X,
  TRANSLATE_Y,
  ROTATE,
  BRIGHTNESS,
  COLOR,
  CONTRAST,
  SHARPNESS,
  POSTERIZE,
  AUTO_CONTRAST,
  EQUALIZE,
  /** The last one, so that it can be left out. */
  SOLARIZE;

  /** Magnitudes are the whole numbers from 0 to this one, in every range. */
  static final int MAX_MAGNITUDE = 30;

  private static final Operation[] ALL = values();

  /**
   * Any of them, with equal probability.
   *
   * @param solarizes whether {@link #SOLARIZE} is among them
   */
  static Operation any(boolean solarizes, Random random) {
    return ALL[random.nextInt(solarizes ? ALL.length : ALL.length - 1)];
  }

  /**
   * Applies it.
   *
   * @param magnitude 0 to {@link #MAX_MAGNITUDE}
   * @param random for the direction
   */
  Photo apply(Photo photo, int magnitude, Reach reach, Fill fill, Random random) {
    double level = (double) magnitude / MAX_MAGNITUDE;
    return switch (this) {
      case IDENTITY -> photo;
      case SHEAR_X ->
          Warp.affine(1, either(level * reach.shear, random), 0, 0, 1, 0).apply(photo, fill);
      case SHEAR_Y ->
          Warp.affine(1, 0, 0, either(level * reach.shear, random), 1, 0).apply(photo, fill);
      case TRANSLATE_X -> {
        int way = (int) (level * reach.shift(photo.width()));
        yield Warp.affine(1, 0, either(way, random), 0, 1, 0).apply(photo, fill);
      }
      case TRANSLATE_Y -> {
        int way = (int) (level * reach.shift(photo.height()));
        yield Warp.affine(1, 0, 0, 0, 1, either(way, random)).apply(photo, fill);
      }
      case ROTATE -> {
        double angle = Math.toRadians(either(level * reach.degrees, random));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        yield Warp.around(photo.width() / 2.0, photo.height() / 2.0, cos, -sin, sin, cos)
            .apply(photo, fill);
      }
      case BRIGHTNESS -> new Brightness(enhancement(level, reach, random)).apply(photo, random);
      case COLOR -> new Saturation(enhancement(level, reach, random)).apply(photo, random);
      case CONTRAST -> new Contrast(enhancement(level, reach, random)).apply(photo, random);
      case SHARPNESS -> new Sharpness(enhancement(level, reach, random)).apply(photo, random);
      case POSTERIZE ->
          new Posterize(8 - (int) Math.round(level * reach.bits)).apply(photo, random);
      case SOLARIZE -> new Solarize(255 * (1 - level)).apply(photo, random);
      case AUTO_CONTRAST -> new AutoContrast().apply(photo, random);
      case EQUALIZE -> new Equalize().apply(photo, random);
    };
  }

  private static double either(double amount, Random random) {
    return random.nextBoolean() ? amount : -amount;
  }

  private static double enhancement(double level, Reach reach, Random random) {
    return 1 + either(level * reach.enhancement, random);
  }

  /** What the largest magnitude means; the numbers are torchvision's. */
  enum Reach {
    /** RandAugment's. */
    USUAL(0.3, 30, 0.9, 4) {
      @Override
      double shift(int length) {
        return 150.0 / 331 * length;
      }
    },

    /** TrivialAugment's wide space. */
    WIDE(0.99, 135, 0.99, 6) {
      @Override
      double shift(int length) {
        return 32;
      }
    };

    private final double shear;
    private final double degrees;
    private final double enhancement;
    private final int bits;

    Reach(double shear, double degrees, double enhancement, int bits) {
      this.shear = shear;
      this.degrees = degrees;
      this.enhancement = enhancement;
      this.bits = bits;
    }

    /** The farthest shift in pixels along a side of that length. */
    abstract double shift(int length);
  }
}
