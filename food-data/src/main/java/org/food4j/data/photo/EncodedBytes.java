package org.food4j.data.photo;

import java.nio.charset.StandardCharsets;

/**
 * A photo file's bytes, read with bounds checks: whoever reads past the end learns that the file is
 * truncated. Offsets are {@code long} so that sums of hostile lengths cannot overflow.
 *
 * @param bytes the whole file; not modified
 * @param truncation the reason given when the file ends too early
 */
@SuppressWarnings("ArrayRecordComponent")
record EncodedBytes(byte[] bytes, String truncation) {
  int length() {
    return bytes.length;
  }

  int unsigned8(long at) throws PhotoException {
    if (at >= bytes.length) {
      throw new PhotoException(truncation);
    }
    return bytes[(int) at] & 0xff;
  }

  int bigEndian16(long at) throws PhotoException {
    return unsigned8(at) << 8 | unsigned8(at + 1);
  }

  long bigEndian32(long at) throws PhotoException {
    return (long) bigEndian16(at) << 16 | bigEndian16(at + 2);
  }

  int littleEndian16(long at) throws PhotoException {
    return unsigned8(at) | unsigned8(at + 1) << 8;
  }

  int littleEndian24(long at) throws PhotoException {
    return littleEndian16(at) | unsigned8(at + 2) << 16;
  }

  long littleEndian32(long at) throws PhotoException {
    return littleEndian16(at) | (long) littleEndian16(at + 2) << 16;
  }

  /**
   * The place after the next marker of a JPEG file at or after {@code at}. Stray bytes before it
   * are passed over, as libjpeg does, and so are entropy-coded data with the markers inside them:
   * stuffed zero bytes, TEM, RST0 to RST7; and SOI, which has no length either.
   */
  long afterJpegMarker(long at) throws PhotoException {
    for (int i = (int) Math.min(at, bytes.length); i < bytes.length; i++) {
      // Most bytes of a photo go through this line: nothing but the search is in it.
      while (i < bytes.length && bytes[i] != (byte) 0xff) {
        i++;
      }
      while (i < bytes.length && bytes[i] == (byte) 0xff) {
        i++;
      }
      int marker = unsigned8(i);
      if (marker > 0x01 && (marker < 0xd0 || marker > 0xd8)) {
        return i + 1L;
      }
    }
    throw new PhotoException(truncation);
  }

  /** The {@code count} bytes from {@code at} as Latin-1 characters, fewer at the file's end. */
  String text(long at, int count) {
    int from = (int) Math.min(at, bytes.length);
    return new String(
        bytes, from, Math.min(count, bytes.length - from), StandardCharsets.ISO_8859_1);
  }

  /** Fails unless the file has at least that many bytes. */
  void require(long length) throws PhotoException {
    if (length > bytes.length) {
      throw new PhotoException(truncation);
    }
  }
}
