package org.food4j.data.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The RIFF container of a WebP file (RFC 9649) with one picture.
 *
 * @param lossless whether its pixels are a VP8L stream, else VP8
 * @param alpha whether a pixel may be transparent
 * @param parts without profile, EXIF and XMP: a container with nothing but the picture
 */
record WebpStructure(
    int width,
    int height,
    Orientation orientation,
    boolean lossless,
    boolean alpha,
    EncodedParts parts)
    implements PhotoHeader {
  private static final int ANIMATION = 0x02;
  private static final byte ALPHA = 0x10;
  private static final int CHUNK_HEADER = 8;

  /** Where the first chunk begins. */
  private static final int FIRST = 12;

  /** Arithmetic coding has no shortest code. */
  @Override
  public boolean plausible() {
    return true;
  }

  @Override
  public PhotoFormat format() {
    return PhotoFormat.WEBP;
  }

  static WebpStructure read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated WebP: shorter than its header says");
    long end = in.littleEndian32(4) + 8;
    in.require(end);
    boolean extended = in.text(FIRST, 4).equals("VP8X");
    if (extended && (in.unsigned8(FIRST + CHUNK_HEADER) & ANIMATION) != 0) {
      throw new PhotoException("an animated WebP is not a photo");
    }
    long alpha = -1;
    Orientation orientation = Orientation.UPRIGHT;
    WebpStructure picture = null;
    long next;
    for (long at = FIRST; at + CHUNK_HEADER <= end; at = next) {
      String type = in.text(at, 4);
      long length = in.littleEndian32(at + 4);
      next = at + CHUNK_HEADER + length + (length & 1);
      in.require(at + CHUNK_HEADER + length);
      if (picture == null && (type.equals("VP8 ") || type.equals("VP8L"))) {
        picture = picture(in, at, length, alpha);
      } else if (extended && type.equals("ALPH") && alpha < 0) {
        alpha = at;
      } else if (extended && type.equals("EXIF")) {
        orientation = Orientation.read(encoded, at + CHUNK_HEADER, at + CHUNK_HEADER + length);
      } else if (!extended && picture == null) {
        throw new PhotoException("damaged WebP: does not begin with a picture");
      }
    }
    if (picture == null) {
      throw new PhotoException("damaged WebP: ends before its pixels");
    }
    if (extended) {
      checkCanvas(in, picture);
    }
    return new WebpStructure(
        picture.width, picture.height, orientation, picture.lossless, picture.alpha, picture.parts);
  }

  /** The picture in the chunk at {@code at}, with the alpha chunk at {@code alpha} if not -1. */
  private static WebpStructure picture(EncodedBytes in, long at, long length, long alpha)
      throws PhotoException {
    boolean lossless = in.text(at, 4).equals("VP8L");
    long data = at + CHUNK_HEADER;
    EncodedParts parts = new EncodedParts(in.bytes());
    int width;
    int height;
    boolean transparent;
    if (lossless) {
      if (in.unsigned8(data) != 0x2f) {
        throw new PhotoException("damaged WebP: no lossless signature");
      }
      long sizes = in.littleEndian32(data + 1);
      width = (int) (sizes & 0x3fff) + 1;
      height = (int) (sizes >> 14 & 0x3fff) + 1;
      transparent = (sizes >> 28 & 1) == 1;
    } else {
      if (in.littleEndian24(data + 3) != 0x2a019d) {
        throw new PhotoException("damaged WebP: no key frame");
      }
      width = in.littleEndian16(data + 6) & 0x3fff;
      height = in.littleEndian16(data + 8) & 0x3fff;
      transparent = alpha >= 0;
      if (transparent) {
        if ((in.unsigned8(alpha + CHUNK_HEADER) & 3) != 1) {
          throw new PhotoException(
              "a WebP with uncompressed alpha is not supported: save it without alpha");
        }
        parts.bytes(extension(width, height));
        append(in, parts, alpha);
      }
    }
    append(in, parts, at);
    return new WebpStructure(
        width,
        height,
        Orientation.UPRIGHT,
        lossless,
        transparent,
        parts.prefixed(container(parts.length())));
  }

  private static void append(EncodedBytes in, EncodedParts parts, long at) throws PhotoException {
    long length = in.littleEndian32(at + 4);
    parts.range(at, at + CHUNK_HEADER + length);
    if ((length & 1) == 1) {
      parts.bytes(new byte[1]);
    }
  }

  private static byte[] container(int length) {
    return chunk("RIFF", 4 + length, 4).put(ascii("WEBP")).array();
  }

  /** The VP8X chunk of a picture with alpha. */
  private static byte[] extension(int width, int height) {
    return chunk("VP8X", 10, 10)
        .put(ALPHA)
        .put(new byte[3])
        .put(littleEndian24(width - 1))
        .put(littleEndian24(height - 1))
        .array();
  }

  private static ByteBuffer chunk(String type, int length, int room) {
    return ByteBuffer.allocate(CHUNK_HEADER + room)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii(type))
        .putInt(length);
  }

  private static byte[] littleEndian24(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void checkCanvas(EncodedBytes in, WebpStructure picture) throws PhotoException {
    int width = in.littleEndian24(FIRST + CHUNK_HEADER + 4) + 1;
    int height = in.littleEndian24(FIRST + CHUNK_HEADER + 7) + 1;
    if (width != picture.width || height != picture.height) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "damaged WebP: a picture of %d x %d pixels on a canvas of %d x %d",
              picture.width,
              picture.height,
              width,
              height));
    }
  }
}
