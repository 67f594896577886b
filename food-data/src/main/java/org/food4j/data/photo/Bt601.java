package org.food4j.data.photo;

/**
 * JPEG's luma and colour differences as red, green and blue: Rec. ITU-R BT.601's coefficients over
 * the full range of 8 bits (ITU-T T.871, clause 7), with 16 bits behind the point as libjpeg
 * computes them. Results are not clipped: they lie between -227 and 482, because not every
 * combination is a colour.
 */
public final class Bt601 {
  private Bt601() {}

  /**
   * Red.
   *
   * @param luma 0 to 255
   * @param red Cr - 128
   */
  public static int red(int luma, int red) {
    return luma + (91881 * red + 32768 >> 16);
  }

  /**
   * Green.
   *
   * @param luma 0 to 255
   * @param blue Cb - 128
   * @param red Cr - 128
   */
  public static int green(int luma, int blue, int red) {
    return luma + (-22554 * blue - 46802 * red + 32768 >> 16);
  }

  /**
   * Blue.
   *
   * @param luma 0 to 255
   * @param blue Cb - 128
   */
  public static int blue(int luma, int blue) {
    return luma + (116130 * blue + 32768 >> 16);
  }
}
