package org.food4j.data.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/**
 * The headers of a Windows bitmap file: BITMAPFILEHEADER and the bitmap header after it.
 *
 * @param parts a bitmap with a header of ours (BITMAPV4HEADER), the colour table and the pixels
 */
record BmpStructure(int width, int height, int bits, EncodedParts parts) implements PhotoHeader {
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;

  /** Header sizes from which masks, and the alpha mask, are part of the header. */
  private static final int V2_HEADER = 52;

  private static final int V3_HEADER = 56;
  private static final int OWN_HEADER = 108;

  private static final long RLE8 = 1;
  private static final long RLE4 = 2;
  private static final long BIT_FIELDS = 3;
  private static final List<Integer> DEPTHS = List.of(1, 4, 8, 16, 24, 32);

  @Override
  public PhotoFormat format() {
    return PhotoFormat.BMP;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  /** Plain pixels are counted when read, run-length code may leave any number out. */
  @Override
  public boolean plausible() {
    return true;
  }

  static BmpStructure read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated BMP: shorter than its header says");
    long header = in.littleEndian32(FILE_HEADER);
    boolean core = header == CORE_HEADER;
    if (!core && (header < INFO_HEADER || header > 1024)) {
      throw new PhotoException(
          String.format(Locale.ROOT, "damaged BMP: a header of %d bytes", header));
    }
    int width = core ? in.littleEndian16(18) : (int) in.littleEndian32(18);
    // Negative where the rows run from top to bottom.
    int rows = core ? in.littleEndian16(20) : (int) in.littleEndian32(22);
    int bits = in.littleEndian16(core ? 24 : 28);
    long compression = core ? 0 : in.littleEndian32(30);
    if (compression > BIT_FIELDS) {
      throw new PhotoException(
          String.format(Locale.ROOT, "a BMP with compression %d is not supported", compression));
    }
    if (!DEPTHS.contains(bits) || !fits(compression, bits)) {
      throw new PhotoException(
          String.format(
              Locale.ROOT, "damaged BMP: %d bits a pixel with compression %d", bits, compression));
    }
    long height = Math.abs((long) rows);
    if (width < 1 || height < 1 || height > Integer.MAX_VALUE) {
      throw new PhotoException(
          String.format(Locale.ROOT, "damaged BMP: %d x %d pixels", width, height));
    }
    long end = pixelEnd(in, width, height, bits, compression);
    EncodedParts parts = parts(in, core, compression, width, rows, end);
    return new BmpStructure(width, (int) height, bits, parts);
  }

  private static boolean fits(long compression, int bits) {
    return compression == 0
        || (compression == RLE8 && bits == 8)
        || (compression == RLE4 && bits == 4)
        || (compression == BIT_FIELDS && (bits == 16 || bits == 32));
  }

  /** Where the pixels end, if the file is that long. */
  private static long pixelEnd(
      EncodedBytes in, long width, long height, long bits, long compression) throws PhotoException {
    long from = in.littleEndian32(10);
    in.require(from);
    long room = in.length() - from;
    if (compression == RLE8 || compression == RLE4) {
      in.require(in.littleEndian32(2));
      return in.length();
    }
    long stride = (width * bits + 31) / 32 * 4;
    // Divided, because a hostile stride times a hostile height overflows.
    if (room / stride < height) {
      throw new PhotoException(in.truncation());
    }
    return from + stride * height;
  }

  private static EncodedParts parts(
      EncodedBytes in, boolean core, long compression, int width, int rows, long end)
      throws PhotoException {
    long header = in.littleEndian32(FILE_HEADER);
    int bits = in.littleEndian16(core ? 24 : 28);
    long pixels = in.littleEndian32(10);
    long masks = FILE_HEADER + INFO_HEADER;
    boolean masked = compression == BIT_FIELDS;
    long table = FILE_HEADER + header + (masked && header < V2_HEADER ? 12 : 0);
    int colours = bits > 8 ? 0 : colours(in, core, bits, table, pixels);
    int tableLength = bits > 8 ? 0 : 4 << bits;
    ByteBuffer own =
        ByteBuffer.allocate(FILE_HEADER + OWN_HEADER + tableLength).order(ByteOrder.LITTLE_ENDIAN);
    own.put((byte) 'B').put((byte) 'M').putInt((int) (own.capacity() + end - pixels));
    own.putInt(0).putInt(own.capacity());
    own.putInt(OWN_HEADER).putInt(width).putInt(rows).putShort((short) 1).putShort((short) bits);
    own.putInt((int) compression).putInt((int) (end - pixels)).putInt(0).putInt(0);
    own.putInt(tableLength / 4).putInt(0);
    for (int i = 0; i < 4; i++) {
      boolean known = masked && (i < 3 || header >= V3_HEADER);
      own.putInt(known ? (int) in.littleEndian32(masks + 4L * i) : 0);
    }
    // sRGB
    own.putInt(0x73524742).position(FILE_HEADER + OWN_HEADER);
    for (int i = 0; i < colours; i++) {
      long entry = table + (core ? 3L : 4L) * i;
      own.putInt(in.littleEndian24(entry));
    }
    return new EncodedParts(in.bytes()).bytes(own.array()).range(pixels, end);
  }

  private static int colours(EncodedBytes in, boolean core, int bits, long table, long pixels)
      throws PhotoException {
    long used = core ? 0 : in.littleEndian32(46);
    long most = 1L << bits;
    long room = Math.max(0, pixels - table) / (core ? 3 : 4);
    long colours = Math.min(room, used == 0 ? most : Math.min(used, most));
    if (colours == 0) {
      throw new PhotoException("damaged BMP: no colour table");
    }
    return (int) colours;
  }
}
