package org.food4j.data.photo;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an encoded photo says of itself before a pixel is decoded. Reading one also walks the file's
 * structure to its end, because decoders fill the missing part of a truncated photo with grey and
 * say nothing.
 *
 * @param format {@code JPEG}, {@code PNG}, {@code WebP} or {@code BMP}
 * @param width as stored, before any rotation, in pixels, at least 1
 * @param height as stored, before any rotation, in pixels, at least 1
 */
record PhotoHeader(String format, int width, int height) {
  private static final String FORMATS = "JPEG, PNG, WebP, BMP";

  /** First bytes (Latin-1) of what people mistake for one of the formats. */
  private static final Map<String, String> STRANGERS = new LinkedHashMap<>();

  static {
    STRANGERS.put("GIF8", "GIF");
    STRANGERS.put("II*\0", "TIFF");
    STRANGERS.put("MM\0*", "TIFF");
    STRANGERS.put("%PDF", "PDF");
    STRANGERS.put("PK\3\4", "ZIP");
  }

  /**
   * Reads the header of a complete file; bytes after a complete photo do not matter.
   *
   * @throws PhotoException if the bytes are none of the formats, truncated, or no photo at all
   */
  static PhotoHeader read(byte[] encoded) throws PhotoException {
    if (encoded.length == 0) {
      throw new PhotoException("empty file");
    }
    EncodedBytes start = new EncodedBytes(encoded, "");
    PhotoHeader header;
    if (start.text(0, 2).equals("\u00ff\u00d8")) {
      header = JpegStructure.read(encoded);
    } else if (start.text(0, 8).equals(PngStructure.SIGNATURE)) {
      header = PngStructure.read(encoded);
    } else if (start.text(0, 4).equals("RIFF") && start.text(8, 4).equals("WEBP")) {
      header = WebpStructure.read(encoded);
    } else if (start.text(0, 2).equals("BM") && !isText(encoded)) {
      header = BmpStructure.read(encoded);
    } else {
      throw new PhotoException(whatElse(encoded, start));
    }
    if (header.width < 1 || header.height < 1) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "damaged %s: %d x %d pixels",
              header.format,
              header.width,
              header.height));
    }
    return header;
  }

  private static String whatElse(byte[] encoded, EncodedBytes start) {
    for (Map.Entry<String, String> stranger : STRANGERS.entrySet()) {
      if (start.text(0, stranger.getKey().length()).equals(stranger.getKey())) {
        return notAmong(stranger.getValue());
      }
    }
    if (start.text(4, 4).equals("ftyp")) {
      return notAmong(start.text(8, 4).startsWith("avif") ? "AVIF" : "HEIC or MP4");
    }
    if (isText(encoded)) {
      return "not a photo: starts like text";
    }
    HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
    return "not a photo: starts with the bytes "
        + hex.formatHex(encoded, 0, Math.min(8, encoded.length));
  }

  private static String notAmong(String format) {
    return format + " is not among the formats: " + FORMATS;
  }

  /** Whether the first bytes are printable, as text in UTF-8 begins. */
  private static boolean isText(byte[] encoded) {
    if ((encoded[0] & 0xc0) == 0x80) {
      return false;
    }
    for (int i = 0; i < Math.min(64, encoded.length); i++) {
      int c = encoded[i] & 0xff;
      boolean blank = c == '\n' || c == '\r' || c == '\t';
      if ((c < ' ' && !blank) || c > 0xf4) {
        return false;
      }
    }
    return true;
  }
}
