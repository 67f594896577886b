package org.food4j.data.photo;

import java.util.Locale;

/** The marker segments of a JPEG file (ITU-T T.81, annex B), from SOI to EOI. */
final class JpegStructure {
  private static final int DEFINE_HUFFMAN_TABLES = 0xc4;
  private static final int JPEG_EXTENSIONS = 0xc8;
  private static final int DEFINE_ARITHMETIC_CONDITIONING = 0xcc;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  private JpegStructure() {}

  static PhotoHeader read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated JPEG: no end marker");
    int width = -1;
    int height = -1;
    boolean scan = false;
    long at = 2;
    while (true) {
      // Entropy-coded data and, as libjpeg does it, stray bytes between segments are passed over.
      while (in.unsigned8(at) != 0xff) {
        at++;
      }
      while (in.unsigned8(at) == 0xff) {
        at++;
      }
      int marker = in.unsigned8(at++);
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (standsAlone(marker)) {
        continue;
      }
      int length = in.bigEndian16(at);
      if (length < 2) {
        throw new PhotoException(
            String.format(Locale.ROOT, "damaged JPEG: a segment of %d bytes at %d", length, at));
      }
      if (isStartOfFrame(marker) && width < 0) {
        height = in.bigEndian16(at + 3);
        width = in.bigEndian16(at + 5);
      }
      scan |= marker == START_OF_SCAN;
      at += length;
    }
    if (width < 0 || !scan) {
      throw new PhotoException("damaged JPEG: ends before its pixels");
    }
    return new PhotoHeader("JPEG", width, height);
  }

  /** Stuffed zero bytes, TEM, RST0 to RST7 and SOI have no length. */
  private static boolean standsAlone(int marker) {
    return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xc0
        && marker <= 0xcf
        && marker != DEFINE_HUFFMAN_TABLES
        && marker != JPEG_EXTENSIONS
        && marker != DEFINE_ARITHMETIC_CONDITIONING;
  }
}
