package org.food4j.data.photo;

import java.util.Locale;

/** The headers of a Windows bitmap file: BITMAPFILEHEADER and the bitmap header after it. */
final class BmpStructure {
  private static final int CORE_HEADER = 12;
  private static final long RLE8 = 1;
  private static final long RLE4 = 2;
  private static final long BIT_FIELDS = 3;

  private BmpStructure() {}

  static PhotoHeader read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated BMP: shorter than its header says");
    long header = in.littleEndian32(14);
    boolean core = header == CORE_HEADER;
    if (!core && (header < 40 || header > 1024)) {
      throw new PhotoException(
          String.format(Locale.ROOT, "damaged BMP: a header of %d bytes", header));
    }
    int width = core ? in.littleEndian16(18) : (int) in.littleEndian32(18);
    // Negative where the rows run from top to bottom.
    long height = core ? in.littleEndian16(20) : Math.abs((long) (int) in.littleEndian32(22));
    long bits = in.littleEndian16(core ? 24 : 28);
    long compression = core ? 0 : in.littleEndian32(30);
    if (compression > BIT_FIELDS) {
      throw new PhotoException(
          String.format(Locale.ROOT, "a BMP with compression %d is not supported", compression));
    }
    if (compression == RLE8 || compression == RLE4) {
      in.require(in.littleEndian32(2));
    } else {
      long stride = (Math.max(0, width) * bits + 31) / 32 * 4;
      // Divided, because a hostile stride times a hostile height overflows.
      long room = Math.max(0, in.length() - in.littleEndian32(10));
      if (stride > 0 && room / stride < height) {
        throw new PhotoException(in.truncation());
      }
    }
    return new PhotoHeader("BMP", width, (int) Math.min(height, Integer.MAX_VALUE));
  }
}
