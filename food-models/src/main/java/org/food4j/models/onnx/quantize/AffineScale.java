package org.food4j.models.onnx.quantize;

/**
 * How integers stand for real numbers: {@code real = scale * (integer - zeroPoint)} (Jacob et al.
 * 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", equation 1).
 *
 * @param scale above 0
 * @param zeroPoint the integer that stands for 0; one of the type's
 * @param type of the integers
 */
public record AffineScale(float scale, int zeroPoint, IntegerType type) {
  /** Below it, the inverse of a scale or the product of two leaves float32's normal numbers. */
  static final float LEAST_SCALE = 0x1p-60f;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the scale is not above 0, or the zero point not of the type
   */
  public AffineScale {
    if (!(scale > 0 && Float.isFinite(scale))) {
      throw new IllegalArgumentException("A scale is above 0, not " + scale);
    }
    if (zeroPoint < type.least() || zeroPoint > type.most()) {
      throw new IllegalArgumentException(
          "A zero point of %s lies between %d and %d, not at %d"
              .formatted(type, type.least(), type.most(), zeroPoint));
    }
  }

  /**
   * The finest scale that covers a range and the number 0, which it stands for exactly. A range
   * without negative numbers gets the type's least integer as its zero point, so that clipping to
   * the type's integers does what a ReLU does.
   */
  public static AffineScale of(Range range, IntegerType type) {
    double min = Math.min(0, range.min());
    double max = Math.max(0, range.max());
    int steps = type.most() - type.least();
    float scale = (float) ((max - min) / steps);
    if (scale < LEAST_SCALE) {
      scale = 1; // a tensor that is always 0: any scale will do
    }
    int zeroPoint = type.least() + (int) Math.rint(-min / scale);
    return new AffineScale(scale, Math.min(zeroPoint, type.most()), type);
  }

  /**
   * The finest scale that covers a range with the type's middle for 0, and as many integers on
   * either side.
   */
  public static AffineScale symmetric(Range range, IntegerType type) {
    double magnitude = Math.max(Math.abs((double) range.min()), Math.abs((double) range.max()));
    float scale = (float) (magnitude / (type.most() - type.middle()));
    return new AffineScale(scale < LEAST_SCALE ? 1 : scale, type.middle(), type);
  }

  /** The integer nearest to a real number, halves to even, clipped to the type's. */
  public int quantize(float real) {
    double integer = Math.rint(real / scale) + zeroPoint;
    return (int) Math.min(Math.max(integer, type.least()), type.most());
  }

  /** What an integer stands for. */
  public float dequantize(int integer) {
    return scale * (integer - zeroPoint);
  }
}
