package org.food4j.data.duplicate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.food4j.data.photo.Pixels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;

/**
 * What is kept of a photo to recognise it again: the whole photo, whatever its shape, shrunk to 16
 * x 16 grey levels. Some 290 bytes of heap. The same bytes on every platform.
 *
 * <p>Grey is ITU-R BT.601 luma of the antialiased bilinear resize. Decoding at reduced scale
 * changes a level by one or two, less than re-compression does, as long as the shorter side keeps
 * 64 pixels.
 *
 * <p>Immutable.
 */
public final class PhotoSignature implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pixels along each side. */
  public static final int SIZE = 16;

  private static final Resampler RESAMPLER = new Resampler(Interpolation.BILINEAR);

  private final byte[] levels;

  private PhotoSignature(byte[] levels) {
    this.levels = levels;
  }

  /** The signature of a photo. */
  public static PhotoSignature of(Pixels photo) {
    byte[] rgb = RESAMPLER.resize(photo, SIZE, SIZE).rgb();
    byte[] levels = new byte[SIZE * SIZE];
    for (int i = 0, at = 0; i < levels.length; i++, at += 3) {
      // BT.601 in sixteen bits, rounded.
      int luma =
          19595 * (rgb[at] & 0xff) + 38470 * (rgb[at + 1] & 0xff) + 7471 * (rgb[at + 2] & 0xff);
      levels[i] = (byte) (luma + (1 << 15) >> 16);
    }
    return new PhotoSignature(levels);
  }

  /**
   * The signature that {@link #levels()} gave.
   *
   * @param levels {@code [row, column]}, 256 bytes from 0 (black) to 255, unsigned; copied
   * @throws IllegalArgumentException if there are not as many
   */
  public static PhotoSignature ofLevels(byte[] levels) {
    if (levels.length != SIZE * SIZE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "A signature has %d grey levels, not %d", SIZE * SIZE, levels.length));
    }
    return new PhotoSignature(levels.clone());
  }

  /** The grey levels {@code [row, column]}, unsigned; a copy. */
  public byte[] levels() {
    return levels.clone();
  }

  /** The grey levels as numbers {@code [row, column]}, from left to right or from right to left. */
  double[] pixels(boolean mirrored) {
    double[] pixels = new double[levels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[mirrored ? i ^ SIZE - 1 : i] = levels[i] & 0xff;
    }
    return pixels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PhotoSignature signature && Arrays.equals(levels, signature.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(levels);
  }
}
