package org.food4j.data.page;

/**
 * Names of the style sheet's colours: six that colour-blind readers tell apart (after Okabe and Ito
 * 2008, "Color universal design"), in a light and a dark form.
 */
public final class Palette {
  private static final int COLOURS = 6;

  private Palette() {}

  /** The style class of a colour, counted from 0, beginning again after the last. */
  public static String colour(int index) {
    return "c" + Math.floorMod(index, COLOURS);
  }
}
