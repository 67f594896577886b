package org.food4j.data.photo;

/** The RIFF container of a WebP file and its first chunk (RFC 9649). */
final class WebpStructure {
  private static final int ANIMATION = 0x02;

  private WebpStructure() {}

  static PhotoHeader read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated WebP: shorter than its header says");
    in.require(in.littleEndian32(4) + 8);
    String chunk = in.text(12, 4);
    switch (chunk) {
      case "VP8 ":
        if (in.littleEndian24(23) != 0x2a019d) {
          throw new PhotoException("damaged WebP: no key frame");
        }
        return header(in.littleEndian16(26) & 0x3fff, in.littleEndian16(28) & 0x3fff);
      case "VP8L":
        if (in.unsigned8(20) != 0x2f) {
          throw new PhotoException("damaged WebP: no lossless signature");
        }
        long sizes = in.littleEndian32(21);
        return header((int) (sizes & 0x3fff) + 1, (int) (sizes >> 14 & 0x3fff) + 1);
      case "VP8X":
        if ((in.unsigned8(20) & ANIMATION) != 0) {
          throw new PhotoException("an animated WebP is not a photo");
        }
        return header(in.littleEndian24(24) + 1, in.littleEndian24(27) + 1);
      default:
        throw new PhotoException("damaged WebP: does not begin with a picture");
    }
  }

  private static PhotoHeader header(int width, int height) {
    return new PhotoHeader("WebP", width, height);
  }
}
