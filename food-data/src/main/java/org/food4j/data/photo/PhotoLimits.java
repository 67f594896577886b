package org.food4j.data.photo;

import java.time.Duration;
import java.util.Locale;

/**
 * What decoding one photo may cost. All limits are checked before a pixel is decoded, on what the
 * file's header says, so that a hostile file is refused in microseconds. Whatever the limits, a
 * side of a photo is at most {@value #MOST_ASPECT} times the other.
 *
 * @param pixels the most pixels (width x height) that a photo may have, 1 to 2<sup>31</sup> / 3
 * @param memoryBytes the most memory that decoding may take beside the file's own bytes, on the
 *     heap and off it, the result included; estimated from the format, the size, the kind of
 *     compression and the scale
 * @param time the longest that decoding may take on one core, estimated in the same way for the
 *     worst content
 */
public record PhotoLimits(int pixels, long memoryBytes, Duration time) {
  /**
   * 100 megapixels, 224 MiB and 1.6 seconds, so that decoding stays within 256 MiB and 2 seconds
   * with what it needs besides. For a JPEG in one scan, as cameras write it, that means 75
   * megapixels at full size (37 where EXIF turns it), and 100 at reduced scale with {@link
   * NativePhotoDecoder}. Formats that {@link ImageIoPhotoDecoder} decodes slowly reach the time
   * first: lossy WebP at 8 megapixels, PNG at 35, a JPEG in ten scans at 16.
   */
  public static final PhotoLimits DEFAULT =
      new PhotoLimits(100_000_000, 224L << 20, Duration.ofMillis(1600));

  /** How often the longer side of a photo holds the shorter one at most. */
  public static final int MOST_ASPECT = 1000;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is not above 0, or its pixels do not fit an array
   */
  public PhotoLimits {
    if (pixels < 1 || pixels > Integer.MAX_VALUE / 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A pixel limit lies between 1 and %d, not at %d",
              Integer.MAX_VALUE / 3,
              pixels));
    }
    if (memoryBytes < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A photo takes memory and time to decode: limits of %d bytes and %s allow none",
              memoryBytes,
              time));
    }
  }

  /** The default limits with another number of pixels. */
  public static PhotoLimits ofPixels(int pixels) {
    return new PhotoLimits(pixels, DEFAULT.memoryBytes, DEFAULT.time);
  }

  /**
   * Fails if the photo has too many pixels, is a strip, or has more pixels than its bytes can hold.
   */
  void checkPixels(PhotoHeader header) throws PhotoException {
    if (header.pixels() > pixels) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels are above the limit of %s",
              header.width(),
              header.height(),
              pixels % 1_000_000 == 0 ? pixels / 1_000_000 + " megapixels" : pixels + " pixels"));
    }
    long longer = Math.max(header.width(), header.height());
    if (longer > (long) MOST_ASPECT * Math.min(header.width(), header.height())) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "a strip of %d x %d pixels is no photo: no side is above %d times the other",
              header.width(),
              header.height(),
              MOST_ASPECT));
    }
    if (!header.plausible()) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "damaged %s: %d bytes cannot hold %d x %d pixels",
              header.format(),
              header.parts().length(),
              header.width(),
              header.height()));
    }
  }

  /** Whether decoding may cost so much. */
  boolean allow(DecodingCost cost) {
    return cost.bytes() <= memoryBytes && cost.nanos() <= time.toNanos();
  }

  /** Fails if decoding the photo at a scale takes too much. */
  void check(PhotoHeader header, DecodingCost cost, int scale) throws PhotoException {
    if (!allow(cost)) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "decoding %d x %d pixels of %s%s may take %d MiB and %.1f s, above the limits of"
                  + " %d MiB and %.1f s: store the photo smaller or as baseline JPEG",
              header.width(),
              header.height(),
              header.format(),
              scale > 1 ? " at 1/" + scale : "",
              (cost.bytes() >> 20) + 1,
              cost.nanos() / 1e9,
              memoryBytes >> 20,
              time.toNanos() / 1e9));
    }
  }
}
