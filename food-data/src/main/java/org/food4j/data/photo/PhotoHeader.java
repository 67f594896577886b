package org.food4j.data.photo;

import java.util.Locale;

/**
 * What an encoded photo says of itself before a pixel is decoded. Reading one also walks the file's
 * structure to its end, because decoders fill the missing part of a truncated photo with grey and
 * say nothing.
 */
sealed interface PhotoHeader
    permits JpegStructure, PngStructure, WebpStructure, BmpStructure, GifStructure {
  PhotoFormat format();

  /** As stored, before any rotation, in pixels, at least 1. */
  int width();

  /** As stored, before any rotation, in pixels, at least 1. */
  int height();

  /** How the stored pixels must be turned to stand upright. */
  Orientation orientation();

  /**
   * The parts of the file that its pixels depend on: decoders get nothing else, so that a hostile
   * colour profile, thumbnail or comment reaches none of them.
   */
  EncodedParts parts();

  /** Whether the file's data are long enough to code so many pixels, at their best. */
  boolean plausible();

  default long pixels() {
    return (long) width() * height();
  }

  /** The reason for a photo that a decoder gave up on. */
  default String undecodable() {
    return "damaged " + format() + ": its pixels cannot be decoded";
  }

  /**
   * Reads the header of a complete file; bytes after a complete photo do not matter.
   *
   * @throws PhotoException if the bytes are none of the formats, truncated, or no photo at all
   */
  static PhotoHeader read(byte[] encoded) throws PhotoException {
    PhotoFormat format = ContentType.of(encoded);
    PhotoHeader header =
        switch (format) {
          case JPEG -> JpegStructure.read(encoded);
          case PNG -> PngStructure.read(encoded);
          case WEBP -> WebpStructure.read(encoded);
          case BMP -> BmpStructure.read(encoded);
          case GIF -> GifStructure.read(encoded);
        };
    if (header.width() < 1 || header.height() < 1) {
      throw new PhotoException(
          String.format(
              Locale.ROOT, "damaged %s: %d x %d pixels", format, header.width(), header.height()));
    }
    return header;
  }
}
