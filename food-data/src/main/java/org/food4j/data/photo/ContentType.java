package org.food4j.data.photo;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a file's format by its first bytes, never by its name. */
final class ContentType {
  /** First bytes (Latin-1) of what people mistake for one of the formats. */
  private static final Map<String, String> STRANGERS = new LinkedHashMap<>();

  static {
    STRANGERS.put("II*\0", "TIFF");
    STRANGERS.put("MM\0*", "TIFF");
    STRANGERS.put("%PDF", "PDF");
    STRANGERS.put("PK\3\4", "ZIP");
  }

  private ContentType() {}

  /**
   * The format of a photo.
   *
   * @throws PhotoException if the file is none; the message says what it is instead
   */
  static PhotoFormat of(byte[] encoded) throws PhotoException {
    if (encoded.length == 0) {
      throw new PhotoException("empty file");
    }
    EncodedBytes start = new EncodedBytes(encoded, "");
    if (start.text(0, 2).equals("\u00ff\u00d8")) {
      return PhotoFormat.JPEG;
    }
    if (start.text(0, 8).equals(PngStructure.SIGNATURE)) {
      return PhotoFormat.PNG;
    }
    if (start.text(0, 4).equals("RIFF") && start.text(8, 4).equals("WEBP")) {
      return PhotoFormat.WEBP;
    }
    if (start.text(0, 6).equals("GIF87a") || start.text(0, 6).equals("GIF89a")) {
      return PhotoFormat.GIF;
    }
    if (start.text(0, 2).equals("BM") && !isText(encoded)) {
      return PhotoFormat.BMP;
    }
    throw new PhotoException(whatElse(encoded, start));
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
    return format + " is not among the formats: " + PhotoFormat.names();
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
