package org.food4j.data.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO/IEC 15948), from IHDR to IEND.
 *
 * @param bitDepth bits of a sample or of a palette's index: 1, 2, 4, 8 or 16
 * @param colour its colour type
 * @param transparent the one colour that is transparent (tRNS of grey and RGB), one number for each
 *     channel; empty where there is none
 * @param parts without what pixels do not depend on: profiles, gamma, text, further animation
 *     frames; tRNS only of palettes
 */
record PngStructure(
    int width,
    int height,
    Orientation orientation,
    int bitDepth,
    Colour colour,
    boolean interlaced,
    List<Integer> transparent,
    boolean plausible,
    EncodedParts parts)
    implements PhotoHeader {
  /** The eight first bytes as Latin-1. */
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Bytes that a byte of deflated data expands to at most (258 of two bits). */
  private static final long MOST_EXPANSION = 1032;

  private static final long IHDR = SIGNATURE.length();
  private static final int CHUNK_OVERHEAD = 12;

  /** Colour types, by their numbers. */
  enum Colour {
    GREY(0, 1, false, List.of(1, 2, 4, 8, 16)),
    RGB(2, 3, false, List.of(8, 16)),
    PALETTE(3, 1, false, List.of(1, 2, 4, 8)),
    GREY_ALPHA(4, 2, true, List.of(8, 16)),
    RGB_ALPHA(6, 4, true, List.of(8, 16));

    private final int number;
    private final int samples;
    private final boolean alpha;
    private final List<Integer> depths;

    Colour(int number, int samples, boolean alpha, List<Integer> depths) {
      this.number = number;
      this.samples = samples;
      this.alpha = alpha;
      this.depths = depths;
    }

    /** Samples of a pixel. */
    int samples() {
      return samples;
    }

    /** Whether the last sample is alpha. */
    boolean alpha() {
      return alpha;
    }
  }

  @Override
  public PhotoFormat format() {
    return PhotoFormat.PNG;
  }

  /** Whether the stored pixels are what a photo's are. */
  boolean isPlainRgb() {
    return colour == Colour.RGB && bitDepth == 8 && transparent.isEmpty();
  }

  /** Bits of a stored pixel. */
  int bitsPerPixel() {
    return colour.samples * bitDepth;
  }

  static PngStructure read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated PNG: no IEND chunk");
    EncodedParts parts = new EncodedParts(encoded);
    Colour colour = null;
    boolean palette = false;
    Orientation orientation = Orientation.UPRIGHT;
    List<Integer> transparent = List.of();
    long data = 0;
    long at = IHDR;
    while (true) {
      long length = in.bigEndian32(at);
      in.require(at + CHUNK_OVERHEAD);
      String type = in.text(at + 4, 4);
      if (at == IHDR && !(type.equals("IHDR") && length == 13)) {
        throw new PhotoException("damaged PNG: does not begin with an IHDR chunk");
      }
      long end = at + CHUNK_OVERHEAD + length;
      in.require(end);
      if (isCritical(type)
          && crc(encoded, (int) at + 4, (int) length + 4) != in.bigEndian32(end - 4)) {
        throw new PhotoException("damaged PNG: wrong checksum of a chunk " + type);
      }
      if (at == IHDR) {
        colour = colour(in);
        parts.range(0, end);
      } else if (type.equals("PLTE") && !palette && data == 0) {
        palette = true;
        if (colour == Colour.PALETTE) {
          parts.range(at, end);
        }
      } else if (type.equals("tRNS") && data == 0 && transparent.isEmpty()) {
        if (colour == Colour.PALETTE && palette) {
          parts.range(at, end);
          transparent = List.of(0);
        } else if (!colour.alpha && length == 2L * colour.samples) {
          transparent = samples(in, at + 8, colour.samples);
        }
      } else if (type.equals("eXIf")) {
        orientation = Orientation.read(encoded, at + 8, end - 4);
      } else if (type.equals("IDAT")) {
        data += length;
        parts.range(at, end);
      } else if (type.equals("IEND")) {
        parts.range(at, end);
        break;
      }
      at = end;
    }
    if (data == 0) {
      throw new PhotoException("damaged PNG: ends before its pixels");
    }
    if (colour == Colour.PALETTE && !palette) {
      throw new PhotoException("damaged PNG: a palette photo without palette");
    }
    // A side beyond the format's 2^31 - 1 turns negative here and is refused as such.
    int width = (int) in.bigEndian32(IHDR + 8);
    int height = (int) in.bigEndian32(IHDR + 12);
    int depth = in.unsigned8(IHDR + 16);
    long bytes = (long) width * height / 8 * (colour.samples * depth);
    return new PngStructure(
        width,
        height,
        orientation,
        depth,
        colour,
        in.unsigned8(IHDR + 20) != 0,
        colour == Colour.PALETTE ? List.of() : transparent,
        bytes / MOST_EXPANSION <= data,
        parts);
  }

  private static Colour colour(EncodedBytes in) throws PhotoException {
    int depth = in.unsigned8(IHDR + 16);
    int number = in.unsigned8(IHDR + 17);
    for (Colour colour : Colour.values()) {
      if (colour.number == number && colour.depths.contains(depth)) {
        return colour;
      }
    }
    throw new PhotoException(
        String.format(
            Locale.ROOT, "damaged PNG: colour type %d with %d bits a sample", number, depth));
  }

  private static List<Integer> samples(EncodedBytes in, long at, int count) throws PhotoException {
    List<Integer> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(in.bigEndian16(at + 2L * i));
    }
    return List.copyOf(samples);
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
