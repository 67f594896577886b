package org.food4j.models.onnx.quantize;

/**
 * The numbers of a tensor that integers have to cover; those outside are clipped to its ends.
 *
 * @param min finite
 * @param max finite, not below {@code min}
 */
public record Range(float min, float max) {
  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if they are not finite or in the wrong order
   */
  public Range {
    if (!(Float.isFinite(min) && Float.isFinite(max) && min <= max)) {
      throw new IllegalArgumentException(
          "A range has finite ends in order, not %s to %s".formatted(min, max));
    }
  }

  /** The smallest range that holds both. */
  public Range hull(Range other) {
    return new Range(Math.min(min, other.min), Math.max(max, other.max));
  }

  /** The part of this range between two bounds; the nearer bound alone if there is none. */
  public Range within(float least, float most) {
    return new Range(
        Math.min(Math.max(min, least), most), Math.max(Math.min(max, most), Math.min(least, most)));
  }
}
