package org.food4j.data.photo;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B), from SOI to EOI.
 *
 * @param colour what its components mean, by libjpeg's rules
 * @param scans how often a decoder goes over the pixels
 * @param wholeInMemory whether a decoder must hold all coefficients at once
 * @param coefficients of all components
 * @param blockVisits blocks that a decoder goes over, in all scans together
 * @param parts without what pixels do not depend on: EXIF, profiles, thumbnails, comments
 */
record JpegStructure(
    int width,
    int height,
    Orientation orientation,
    JpegColour colour,
    int scans,
    boolean wholeInMemory,
    long coefficients,
    long blockVisits,
    boolean plausible,
    EncodedParts parts)
    implements PhotoHeader {
  private static final int START_OF_FRAME_BASELINE = 0xc0;
  private static final int START_OF_FRAME_PROGRESSIVE = 0xc2;
  private static final int DEFINE_HUFFMAN_TABLES = 0xc4;
  private static final int JPEG_EXTENSIONS = 0xc8;
  private static final int DEFINE_ARITHMETIC_CONDITIONING = 0xcc;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APPLICATION_0 = 0xe0;
  private static final int APPLICATION_1 = 0xe1;
  private static final int APPLICATION_14 = 0xee;
  private static final int APPLICATION_15 = 0xef;
  private static final int COMMENT = 0xfe;

  @Override
  public PhotoFormat format() {
    return PhotoFormat.JPEG;
  }

  /** Bytes of coefficients that a decoder holds beside the pixels, two for each. */
  long coefficientBytes() {
    return wholeInMemory ? 2 * coefficients : 0;
  }

  static JpegStructure read(byte[] encoded) throws PhotoException {
    EncodedBytes in = new EncodedBytes(encoded, "truncated JPEG: no end marker");
    EncodedParts kept = new EncodedParts(encoded);
    long keptFrom = 2;
    JpegFrame frame = null;
    JpegScans scans = null;
    boolean jfif = false;
    int adobe = -1;
    Orientation orientation = null;
    long at = 2;
    while (true) {
      at = in.afterJpegMarker(at);
      int marker = in.unsigned8(at - 1);
      if (marker == END_OF_IMAGE) {
        break;
      }
      int length = in.bigEndian16(at);
      if (length < 2) {
        throw new PhotoException(
            String.format(Locale.ROOT, "damaged JPEG: a segment of %d bytes at %d", length, at));
      }
      in.require(at + length);
      if (isStartOfFrame(marker)) {
        if (frame != null) {
          throw new PhotoException("damaged JPEG: two frames in one photo");
        }
        if (marker > START_OF_FRAME_PROGRESSIVE) {
          throw new PhotoException(
              "a lossless, hierarchical or arithmetic-coded JPEG is not supported");
        }
        frame = JpegFrame.read(in, at + 2, at + length, marker == START_OF_FRAME_PROGRESSIVE);
        scans = new JpegScans(frame);
      } else if (marker == START_OF_SCAN) {
        if (scans == null) {
          throw new PhotoException("damaged JPEG: pixels before the size");
        }
        scans.add(in, at, at + length);
      } else if (scans == null || scans.count() == 0) {
        if (marker == APPLICATION_0) {
          jfif |= length >= 16 && in.text(at + 2, 5).equals("JFIF\0");
        } else if (marker == APPLICATION_1 && orientation == null) {
          if (length >= 8 && in.text(at + 2, 6).equals(Orientation.EXIF_PREFIX)) {
            orientation = Orientation.read(encoded, at + 2, at + length);
          }
        } else if (marker == APPLICATION_14 && length >= 14 && in.text(at + 2, 5).equals("Adobe")) {
          adobe = in.unsigned8(at + 13);
        }
      }
      if ((marker >= APPLICATION_0 && marker <= APPLICATION_15) || marker == COMMENT) {
        kept.range(keptFrom, at - 2);
        keptFrom = at + length;
      }
      at += length;
    }
    kept.range(keptFrom, at);
    if (frame == null || scans.count() == 0) {
      throw new PhotoException("damaged JPEG: ends before its pixels");
    }
    if (frame.width() < 1 || frame.height() < 1) {
      throw new PhotoException(
          String.format(
              Locale.ROOT, "damaged JPEG: %d x %d pixels", frame.width(), frame.height()));
    }
    if (!scans.coverAllComponents()) {
      // FFmpeg takes what is missing as zero, which is green.
      throw new PhotoException("damaged JPEG: a component without pixels");
    }
    JpegColour colour = frame.colour(jfif, adobe);
    return new JpegStructure(
        frame.width(),
        frame.height(),
        orientation == null ? Orientation.UPRIGHT : orientation,
        colour,
        scans.count(),
        scans.needAllCoefficients(),
        64 * frame.blocks(),
        scans.visits(),
        scans.fit(at),
        kept.prefixed(start(colour)));
  }

  /** Says the colour in an Adobe segment, because the segments that said it are left out. */
  private static byte[] start(JpegColour colour) {
    String transform = String.format(Locale.ROOT, "%02x", colour.adobeTransform());
    return HexFormat.of().parseHex("ffd8ffee000e41646f6265006400000000" + transform);
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= START_OF_FRAME_BASELINE
        && marker <= 0xcf
        && marker != DEFINE_HUFFMAN_TABLES
        && marker != JPEG_EXTENSIONS
        && marker != DEFINE_ARITHMETIC_CONDITIONING;
  }
}
