package org.food4j.data.photo;

import java.nio.charset.StandardCharsets;

/**
 * How stored pixels are turned to stand upright: the Orientation tag of EXIF (CIPA DC-008, tag
 * 0x0112), 1 to 8 in this order.
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  FLIPPED,
  TRANSPOSED,
  QUARTER_CLOCKWISE,
  TRANSVERSED,
  QUARTER_COUNTERCLOCKWISE;

  private static final int TAG = 0x0112;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** Pixels of one side of the squares that a transposing turn goes through: they fit a cache. */
  private static final int TILE = 32;

  private static final Orientation[] VALUES = values();

  /** What EXIF segments of JPEG, and some programs' chunks of WebP, begin with. */
  static final String EXIF_PREFIX = "Exif\0\0";

  /**
   * Reads the tag. EXIF is not the photo: whatever is wrong with it, the photo is taken as upright,
   * as every decoder does.
   *
   * @param from where the EXIF data begin, with or without {@link #EXIF_PREFIX}
   * @param to where they end
   */
  static Orientation read(byte[] file, long from, long to) {
    String start =
        new String(file, (int) from, (int) Math.min(6, to - from), StandardCharsets.ISO_8859_1);
    int skipped = start.equals(EXIF_PREFIX) ? 6 : 0;
    Tiff tiff = new Tiff(file, (int) from + skipped, (int) to);
    try {
      return tiff.orientation();
    } catch (PhotoException e) {
      return UPRIGHT;
    }
  }

  /** Whether width and height change places. */
  boolean swapsSides() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /** The upright photo; the same one if it is upright already. */
  Photo turn(Photo stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    byte[] rgb = turn(stored.rgb(), stored.width(), stored.height(), 3);
    return swapsSides()
        ? new Photo(stored.height(), stored.width(), rgb)
        : new Photo(stored.width(), stored.height(), rgb);
  }

  /**
   * The upright pixels.
   *
   * @param stored pixels that {@link #keepsShares} says can be turned plane by plane
   */
  YccPixels turn(YccPixels stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int chromaWidth = stored.chromaWidth();
    int chromaHeight = stored.chromaHeight();
    return new YccPixels(
        swapsSides() ? stored.height() : stored.width(),
        swapsSides() ? stored.width() : stored.height(),
        swapsSides() ? stored.rows() : stored.columns(),
        swapsSides() ? stored.columns() : stored.rows(),
        turn(stored.luma(), stored.width(), stored.height(), 1),
        turn(stored.blue(), chromaWidth, chromaHeight, 1),
        turn(stored.red(), chromaWidth, chromaHeight, 1));
  }

  /**
   * Whether the {@code columns} x {@code rows} luma samples that share a colour still do, counted
   * from the new first row and column: the last ones of an odd number have a colour to themselves.
   */
  boolean keepsShares(int width, int height, int columns, int rows) {
    return (!fromRight() || width % columns == 0) && (!fromBelow() || height % rows == 0);
  }

  /** Whether the upright photo's last column of pixels comes from the first stored samples. */
  boolean reversesColumns() {
    return swapsSides() ? fromBelow() : fromRight();
  }

  /** Whether the upright photo's last row of pixels comes from the first stored samples. */
  boolean reversesRows() {
    return swapsSides() ? fromRight() : fromBelow();
  }

  private boolean fromRight() {
    return this == MIRRORED
        || this == UPSIDE_DOWN
        || this == TRANSVERSED
        || this == QUARTER_COUNTERCLOCKWISE;
  }

  private boolean fromBelow() {
    return this == UPSIDE_DOWN
        || this == FLIPPED
        || this == QUARTER_CLOCKWISE
        || this == TRANSVERSED;
  }

  /** Turns {@code [height, width, channels]}. */
  private byte[] turn(byte[] stored, int width, int height, int channels) {
    int newWidth = swapsSides() ? height : width;
    // Where the stored pixel (x, y) goes: origin + x * stepX + y * stepY.
    int stepX = (swapsSides() ? newWidth : 1) * (fromRight() ? -channels : channels);
    int stepY = (swapsSides() ? 1 : newWidth) * (fromBelow() ? -channels : channels);
    int origin =
        (fromRight() ? -(width - 1) * stepX : 0) + (fromBelow() ? -(height - 1) * stepY : 0);
    byte[] upright = new byte[stored.length];
    for (int top = 0; top < height; top += TILE) {
      for (int left = 0; left < width; left += TILE) {
        int right = Math.min(width, left + TILE);
        for (int y = top; y < Math.min(height, top + TILE); y++) {
          int from = (y * width + left) * channels;
          int to = origin + left * stepX + y * stepY;
          for (int x = left; x < right; x++, from += channels, to += stepX) {
            for (int channel = 0; channel < channels; channel++) {
              upright[to + channel] = stored[from + channel];
            }
          }
        }
      }
    }
    return upright;
  }

  /** The TIFF structure inside EXIF, of which only the first directory is looked at. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Tiff(byte[] file, int from, int to) {
    Orientation orientation() throws PhotoException {
      boolean little = number(0, 2, false) == 0x4949;
      if (number(2, 2, little) != 42) {
        return UPRIGHT;
      }
      long directory = number(4, 4, little);
      long entries = number(directory, 2, little);
      for (long i = 0; i < entries; i++) {
        long entry = directory + 2 + 12 * i;
        if (number(entry, 2, little) == TAG) {
          long type = number(entry + 2, 2, little);
          int size = type == SHORT ? 2 : type == LONG ? 4 : type == BYTE ? 1 : 0;
          long value = number(entry + 8, size, little);
          return value >= 1 && value <= VALUES.length ? VALUES[(int) value - 1] : UPRIGHT;
        }
      }
      return UPRIGHT;
    }

    private long number(long at, int size, boolean little) throws PhotoException {
      if (at + size > to - from) {
        throw new PhotoException("truncated EXIF");
      }
      long value = 0;
      for (int i = 0; i < size; i++) {
        value = value << 8 | file[from + (int) at + (little ? size - 1 - i : i)] & 0xff;
      }
      return value;
    }
  }
}
