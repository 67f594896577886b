package org.food4j.data.page;

import java.util.List;
import java.util.stream.IntStream;

/** One thin bar for table cells and captions. The figure beside it says the same in text. */
public final class ShareBar {
  private ShareBar() {}

  /**
   * A bar of one share.
   *
   * @param share filled part of the width, 0 to 1
   * @param colour of the palette, from 0
   */
  public static Markup of(double share, int colour) {
    return Markup.block("share", part(share, colour)).with("aria-hidden", "true");
  }

  /** Several shares end to end, in the palette's order; their sum is at most 1. */
  public static Markup stacked(List<Double> shares) {
    return Markup.element("div")
        .with("class", "share")
        .with("aria-hidden", "true")
        .add(IntStream.range(0, shares.size()).mapToObj(i -> part(shares.get(i), i)).toList());
  }

  private static Markup part(double share, int colour) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is 0 to 1, not " + share);
    }
    return Markup.element("i").with("class", Palette.colour(colour)).withWidth(share);
  }
}
