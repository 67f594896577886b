package org.food4j.data.photo;

import java.util.Locale;

/**
 * Pixels as JPEG stores them (JFIF 1.02; ITU-T T.871): luma and two colour differences of 8 bits
 * each over the full range, the colour differences often at half the resolution.
 *
 * <p>A sample of a colour difference lies in the middle of the {@code columns} x {@code rows} luma
 * samples that share it. Not copied: the arrays belong to the pixels from construction on, and
 * callers must not write to them.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param columns luma samples to one of a colour difference, across: 1, 2 or 4
 * @param rows luma samples to one of a colour difference, down: 1, 2 or 4
 * @param luma {@code [height, width]}: Y, unsigned
 * @param blue {@code [ceil(height / rows), ceil(width / columns)]}: Cb, unsigned, 128 for none
 * @param red Cr, as {@code blue}
 */
@SuppressWarnings("ArrayRecordComponent")
public record YccPixels(
    int width, int height, int columns, int rows, byte[] luma, byte[] blue, byte[] red)
    implements Pixels {
  /**
   * Checks that sizes and samples belong together; the arrays are not copied.
   *
   * @throws IllegalArgumentException if they do not
   */
  public YccPixels {
    int chroma = chromaSide(width, columns) * chromaSide(height, rows);
    if (luma.length != Math.multiplyExact(width, height)
        || blue.length != chroma
        || red.length != chroma) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels with colour for each %d x %d of them take %d + 2 x %d bytes, not %d + %d + %d",
              width,
              height,
              columns,
              rows,
              width * height,
              chroma,
              luma.length,
              blue.length,
              red.length));
    }
  }

  private static int chromaSide(int side, int shared) {
    if (side < 1 || (shared != 1 && shared != 2 && shared != 4)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Not the side of a photo: %d pixels, %d to a colour", side, shared));
    }
    return (side - 1) / shared + 1;
  }

  /**
   * Pixels each with a colour of its own.
   *
   * @param samples {@code [height, width, 3]}: Y, Cb, Cr, unsigned; not kept
   */
  static YccPixels ofInterleaved(int width, int height, byte[] samples) {
    byte[][] planes = new byte[3][width * height];
    for (int i = 0, from = 0; from < samples.length; i++, from += 3) {
      planes[0][i] = samples[from];
      planes[1][i] = samples[from + 1];
      planes[2][i] = samples[from + 2];
    }
    return new YccPixels(width, height, 1, 1, planes[0], planes[1], planes[2]);
  }

  /** Samples of a colour difference in a row. */
  public int chromaWidth() {
    return chromaSide(width, columns);
  }

  /** Rows of samples of a colour difference. */
  public int chromaHeight() {
    return chromaSide(height, rows);
  }

  @Override
  public long bytes() {
    return (long) luma.length + blue.length + red.length;
  }

  /** Converts with colour interpolated linearly between the places where it is known. */
  @Override
  public Photo toPhoto() {
    byte[] rgb = new byte[Math.multiplyExact(luma.length, 3)];
    int stride = chromaWidth();
    for (int y = 0, at = 0; y < height; y++) {
      Interpolated down = Interpolated.at(y, rows, chromaHeight());
      for (int x = 0; x < width; x++, at++) {
        Interpolated across = Interpolated.at(x, columns, stride);
        int value = luma[at] & 0xff;
        int b = sample(blue, stride, across, down) - 128;
        int r = sample(red, stride, across, down) - 128;
        rgb[3 * at] = clip(Bt601.red(value, r));
        rgb[3 * at + 1] = clip(Bt601.green(value, b, r));
        rgb[3 * at + 2] = clip(Bt601.blue(value, b));
      }
    }
    return new Photo(width, height, rgb);
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int sample(byte[] plane, int stride, Interpolated across, Interpolated down) {
    int upper = down.low * stride;
    int lower = down.high * stride;
    int sum =
        ((plane[upper + across.low] & 0xff) * (across.parts - across.part)
                    + (plane[upper + across.high] & 0xff) * across.part)
                * (down.parts - down.part)
            + ((plane[lower + across.low] & 0xff) * (across.parts - across.part)
                    + (plane[lower + across.high] & 0xff) * across.part)
                * down.part;
    int parts = across.parts * down.parts;
    return (sum + parts / 2) / parts;
  }

  /**
   * Where a luma sample lies among those of a colour difference: {@code part / parts} after low.
   */
  private record Interpolated(int low, int high, int part, int parts) {
    static Interpolated at(int position, int shared, int samples) {
      // In half luma samples, from the middle of the first sample of the colour difference.
      int offset = 2 * position + 1 - shared;
      int low = Math.floorDiv(offset, 2 * shared);
      return new Interpolated(
          Math.max(low, 0),
          Math.min(low + 1, samples - 1),
          Math.floorMod(offset, 2 * shared),
          2 * shared);
    }
  }
}
