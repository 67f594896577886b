package org.food4j.data.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a GIF file (GIF89a) up to the end of its first frame, which is the photo.
 *
 * @param width of the canvas: the logical screen, or more where the frame reaches beyond it
 * @param height of the canvas
 * @param left of the frame on the canvas
 * @param top of the frame on the canvas
 * @param frameWidth of the frame
 * @param frameHeight of the frame
 * @param parts a GIF of nothing but the frame, transparency included, on a canvas of its size
 */
record GifStructure(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    boolean plausible,
    EncodedParts parts)
    implements PhotoHeader {
  private static final int SCREEN_END = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final byte TRAILER = 0x3b;
  private static final int COLOUR_TABLE = 0x80;

  /** Pixels that a bit of LZW data expands to at most: 4095 of a code of three bits. */
  private static final long MOST_EXPANSION = 1365;

  @Override
  public PhotoFormat format() {
    return PhotoFormat.GIF;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  static GifStructure read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated GIF: no complete picture");
    int screenFlags = in.unsigned8(10);
    long at = SCREEN_END + tableBytes(screenFlags);
    long control = -1;
    while (in.unsigned8(at) != IMAGE) {
      if (in.unsigned8(at) != EXTENSION) {
        throw new PhotoException(
            in.unsigned8(at) == TRAILER
                ? "damaged GIF: ends before its pixels"
                : "damaged GIF: an unknown block before its pixels");
      }
      if (in.unsigned8(at + 1) == GRAPHIC_CONTROL && in.unsigned8(at + 2) == 4) {
        control = at;
      }
      at = afterSubBlocks(in, at + 2);
    }
    int left = in.littleEndian16(at + 1);
    int top = in.littleEndian16(at + 3);
    int frameWidth = in.littleEndian16(at + 5);
    int frameHeight = in.littleEndian16(at + 7);
    int frameFlags = in.unsigned8(at + 9);
    if (((screenFlags | frameFlags) & COLOUR_TABLE) == 0) {
      throw new PhotoException("damaged GIF: no colour table");
    }
    if (frameWidth < 1 || frameHeight < 1) {
      throw new PhotoException("damaged GIF: an empty picture");
    }
    long data = at + 10 + tableBytes(frameFlags);
    int codeBits = in.unsigned8(data);
    if (codeBits < 1 || codeBits > 8) {
      throw new PhotoException("damaged GIF: codes of " + codeBits + " bits");
    }
    long end = afterSubBlocks(in, data + 1);
    EncodedParts parts = new EncodedParts(encoded).bytes(screen(frameWidth, frameHeight, in));
    parts.range(SCREEN_END, SCREEN_END + tableBytes(screenFlags));
    if (control >= 0) {
      parts.range(control, control + 7).bytes(new byte[1]);
    }
    // The frame's place on its own canvas is the corner.
    parts.range(at, at + 1).bytes(new byte[4]).range(at + 5, end).bytes(new byte[] {TRAILER});
    return new GifStructure(
        Math.max(in.littleEndian16(6), left + frameWidth),
        Math.max(in.littleEndian16(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight,
        (end - data) * 8 * MOST_EXPANSION >= (long) frameWidth * frameHeight,
        parts);
  }

  private static byte[] screen(int width, int height, EncodedBytes in) throws PhotoException {
    ByteBuffer screen = ByteBuffer.allocate(SCREEN_END).order(ByteOrder.LITTLE_ENDIAN);
    screen.put(new byte[] {'G', 'I', 'F', '8', '9', 'a'});
    screen.putShort((short) width).putShort((short) height);
    return screen.put((byte) in.unsigned8(10)).array();
  }

  private static long tableBytes(int flags) {
    return (flags & COLOUR_TABLE) == 0 ? 0 : 3L << (flags & 7) + 1;
  }

  private static long afterSubBlocks(EncodedBytes in, long from) throws PhotoException {
    long at = from;
    while (in.unsigned8(at) != 0) {
      at += 1L + in.unsigned8(at);
    }
    return at + 1;
  }
}
