package org.food4j.data.photo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts what the scans of a JPEG (ITU-T T.81, B.2.3) cost a decoder, and what their data must hold
 * at least: a file that claims more pixels than its bytes can code is refused before decoding.
 */
final class JpegScans {
  /** Encoders write about ten; a hostile file has thousands, each over all pixels. */
  private static final int MOST_SCANS = 100;

  private final JpegFrame frame;
  private final Set<JpegFrame.Component> seen = new HashSet<>();
  private int count;
  private long visits;
  private long leastBits;
  private long dataFrom;
  private boolean partial;

  JpegScans(JpegFrame frame) {
    this.frame = frame;
  }

  int count() {
    return count;
  }

  /** Blocks that a decoder goes over. */
  long visits() {
    return visits;
  }

  /** Whether a decoder must hold the coefficients of the whole photo. */
  boolean needAllCoefficients() {
    return frame.progressive() || partial;
  }

  /** Takes in the scan header from {@code at} (its length) to {@code end}. */
  void add(EncodedBytes in, long at, long end) throws PhotoException {
    int components = in.unsigned8(at + 2);
    if (components < 1 || components > 4 || end - at != 6 + 2L * components) {
      throw new PhotoException("damaged JPEG: a scan header of the wrong length");
    }
    List<JpegFrame.Component> scanned = new ArrayList<>();
    for (int i = 0; i < components; i++) {
      int id = in.unsigned8(at + 3 + 2L * i);
      frame.components().stream().filter(c -> c.id() == id).findFirst().ifPresent(scanned::add);
    }
    if (scanned.size() != components) {
      throw new PhotoException("damaged JPEG: a scan of components that the photo does not have");
    }
    if (count == 0) {
      dataFrom = end;
    }
    count++;
    long blocks = frame.blocks(scanned);
    visits += blocks;
    partial |= components < frame.components().size();
    boolean dc = in.unsigned8(at + 3 + 2L * components) == 0;
    if (dc || !frame.progressive()) {
      seen.addAll(scanned);
    }
    // Every Huffman code has a bit at least: one for DC, one for "no more AC" if it is baseline.
    leastBits += frame.progressive() ? (dc ? blocks : 0) : 2 * blocks;
    if (count > MOST_SCANS) {
      throw new PhotoException(
          "a JPEG of more than " + MOST_SCANS + " scans is not a photo: save it as baseline JPEG");
    }
  }

  /** Whether every component has a scan that says its mean colour at least. */
  boolean coverAllComponents() {
    return seen.containsAll(frame.components());
  }

  /** Whether the data up to {@code end} can code all blocks. */
  boolean fit(long end) {
    return leastBits / 8 <= end - dataFrom;
  }
}
