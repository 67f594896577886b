package org.food4j.data.duplicate;

import java.util.List;

/** Whether the leaders of two groups have enough in common for the groups to become one. */
record Relation(List<PhotoSignature> signatures, boolean mirrored) {
  /** The similarity that it takes. */
  private static final double RELATED = 0.75;

  private static final Stretch WHOLE = new Stretch(0, 1);

  boolean related(int one, int other) {
    double[] pixels = signatures.get(one).pixels(false);
    for (int turn = 0; turn < (mirrored ? 2 : 1); turn++) {
      double[] others = signatures.get(other).pixels(turn == 1);
      if (new Alignment(pixels, others).refined(WHOLE, WHOLE) >= RELATED
          || new Alignment(others, pixels).refined(WHOLE, WHOLE) >= RELATED) {
        return true;
      }
    }
    return false;
  }
}
