package org.food4j.models.architecture;

/**
 * What a network is built for.
 *
 * @param classes number of logits, at least 1
 * @param inputSize height and width of the input in pixels, at least 32
 * @param dropout share of the pooled features dropped before the classifier in training, 0 to below
 *     1
 */
public record NetworkSpec(int classes, int inputSize, double dropout) {
  /** The least height and width of an input in pixels: later stages see 1/32 of it. */
  public static final int SMALLEST_INPUT = 32;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public NetworkSpec {
    if (classes < 1) {
      throw new IllegalArgumentException("A network has at least one class, not " + classes);
    }
    if (inputSize < SMALLEST_INPUT) {
      throw new IllegalArgumentException(
          "The input is at least "
              + SMALLEST_INPUT
              + " pixels wide, not "
              + inputSize
              + ": later stages see 1/32 of it");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("Dropout lies between 0 and below 1, not at " + dropout);
    }
  }

  /** A network without dropout. */
  public NetworkSpec(int classes, int inputSize) {
    this(classes, inputSize, 0);
  }
}
