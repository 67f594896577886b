package org.food4j.data.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One record of a zip's central directory (APPNOTE 6.3.10, section 4.3.12). None of it is trusted:
 * it says where to look, and what was found is measured.
 *
 * @param rawName the name's bytes
 * @param extra the extra fields' bytes
 * @param flags the general purpose bit flag
 * @param method of compression: 0 stored, 8 Deflate
 * @param crc CRC-32 of the content
 * @param compressedBytes the content's length in the archive
 * @param offset of the local header, from the archive's start
 * @param unixMode the file's mode, its type in the upper four bits; 0 where none is told
 */
@SuppressWarnings("ArrayRecordComponent")
record ZipMember(
    byte[] rawName,
    byte[] extra,
    int flags,
    int method,
    long crc,
    long compressedBytes,
    long offset,
    int unixMode) {
  private static final int ZIP64 = 0x0001;
  private static final long ELSEWHERE = 0xffff_ffffL;
  private static final int UNIX = 3;

  /** Parts of {@link #unixMode}. */
  private static final int TYPE = 0xf000;

  private static final int FOLDER = 0x4000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xa000;

  /**
   * Reads a record.
   *
   * @param fixed its first 46 bytes, little-endian
   */
  static ZipMember of(ByteBuffer fixed, byte[] rawName, byte[] extra) {
    long compressed = Integer.toUnsignedLong(fixed.getInt(20));
    long size = Integer.toUnsignedLong(fixed.getInt(24));
    long offset = Integer.toUnsignedLong(fixed.getInt(42));
    ByteBuffer wide = field(extra, ZIP64);
    // Only what did not fit stands in the extra field, in this order.
    if (size == ELSEWHERE && wide.remaining() >= 8) {
      wide.getLong();
    }
    if (compressed == ELSEWHERE && wide.remaining() >= 8) {
      compressed = wide.getLong();
    }
    if (offset == ELSEWHERE && wide.remaining() >= 8) {
      offset = wide.getLong();
    }
    boolean unix = (fixed.getShort(4) >>> 8 & 0xff) == UNIX;
    return new ZipMember(
        rawName,
        extra,
        Short.toUnsignedInt(fixed.getShort(8)),
        Short.toUnsignedInt(fixed.getShort(10)),
        Integer.toUnsignedLong(fixed.getInt(16)),
        compressed,
        offset,
        unix ? fixed.getInt(38) >>> 16 : 0);
  }

  /** The content of the extra field of an id, little-endian; empty if there is none. */
  static ByteBuffer field(byte[] extra, int id) {
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.remaining() >= 4) {
      int found = Short.toUnsignedInt(fields.getShort());
      int length = Math.min(Short.toUnsignedInt(fields.getShort()), fields.remaining());
      if (found == id) {
        return fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      fields.position(fields.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  boolean isEncrypted() {
    return (flags & 1) != 0;
  }

  /** Whether the name is said to be UTF-8. */
  boolean saysUtf8() {
    return (flags & 1 << 11) != 0;
  }

  boolean isFolder() {
    return (unixMode & TYPE) == FOLDER;
  }

  boolean isLink() {
    return (unixMode & TYPE) == LINK;
  }

  /** Whether it is a pipe, a device or the like. */
  boolean isSpecial() {
    int type = unixMode & TYPE;
    return type != 0 && type != REGULAR && type != FOLDER && type != LINK;
  }
}
