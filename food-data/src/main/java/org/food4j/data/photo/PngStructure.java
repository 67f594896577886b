package org.food4j.data.photo;

import java.util.zip.CRC32;

/** The chunks of a PNG file (ISO/IEC 15948), from IHDR to IEND. */
final class PngStructure {
  /** The eight first bytes as Latin-1. */
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private PngStructure() {}

  static PhotoHeader read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated PNG: no IEND chunk");
    long at = SIGNATURE.length();
    long first = at;
    boolean pixels = false;
    while (true) {
      long length = in.bigEndian32(at);
      in.require(at + 12);
      String type = in.text(at + 4, 4);
      if (at == first && !(type.equals("IHDR") && length == 13)) {
        throw new PhotoException("damaged PNG: does not begin with an IHDR chunk");
      }
      in.require(at + 12 + length);
      if (isCritical(type)
          && crc(encoded, (int) at + 4, (int) length + 4) != in.bigEndian32(at + 8 + length)) {
        throw new PhotoException("damaged PNG: wrong checksum of a chunk " + type);
      }
      pixels |= type.equals("IDAT");
      if (type.equals("IEND")) {
        break;
      }
      at += 12 + length;
    }
    if (!pixels) {
      throw new PhotoException("damaged PNG: ends before its pixels");
    }
    // A side beyond the format's 2^31 - 1 turns negative here and is refused as such.
    return new PhotoHeader(
        "PNG", (int) in.bigEndian32(first + 8), (int) in.bigEndian32(first + 12));
  }

  /** Decoders skip other chunks, so damage to them does no harm. */
  private static boolean isCritical(String type) {
    return type.charAt(0) >= 'A' && type.charAt(0) <= 'Z';
  }

  private static long crc(byte[] encoded, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(encoded, from, length);
    return crc.getValue();
  }
}
