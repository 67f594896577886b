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
