package org.food4j.models.number;

/** IEEE 754 binary16, "half": 1 sign bit, 5 of the exponent, 10 of the mantissa. */
public final class Float16 {
  /** The largest finite value. */
  public static final float MAX = 65504;

  /** The smallest value above 0 that keeps all its digits. */
  public static final float MIN_NORMAL = 0x1p-14f;

  private Float16() {}

  /** The value of a half; infinities and NaN keep their kind. */
  public static float toFloat(short bits) {
    int half = bits & 0xffff;
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) { // zero and subnormals: mantissa times 2^-24
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
  }

  /**
   * The nearest half, ties to the even one; infinity from 65520 on, zero up to 2^-25, NaN for NaN.
   */
  public static short toBits(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    float magnitude = Math.abs(value);
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < MIN_NORMAL) { // subnormal: multiples of 2^-24; Math.rint rounds ties to even
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int rest = bits & 0x7fffffff;
    int rounded = rest + 0xfff + (rest >>> 13 & 1); // may carry into the exponent, as it should
    return (short) (sign | (rounded >>> 13) - (112 << 10));
  }
}
