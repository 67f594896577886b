package org.food4j.data.transform;

/**
 * What a photo shows where its pixels have moved away from.
 *
 * @param reflects whether the photo is continued by its mirror image, edge pixels repeated
 * @param red of the colour otherwise, 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Fill(boolean reflects, int red, int green, int blue) {
  /** The photo's mirror image. */
  public static final Fill REFLECTION = new Fill(true, 0, 0, 0);

  /** ImageNet's mean colour, which is about 0 after the usual normalisation. */
  public static final Fill MEAN_COLOUR = colour(124, 116, 104);

  /**
   * Checks the colour.
   *
   * @throws IllegalArgumentException if a value is not 0 to 255
   */
  public Fill {
    Ranges.requireWithin("Red", red, 0, 255);
    Ranges.requireWithin("Green", green, 0, 255);
    Ranges.requireWithin("Blue", blue, 0, 255);
  }

  /**
   * A plain colour.
   *
   * @throws IllegalArgumentException if a value is not 0 to 255
   */
  public static Fill colour(int red, int green, int blue) {
    return new Fill(false, red, green, blue);
  }
}
