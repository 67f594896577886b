package org.food4j.train.evaluate;

import java.util.List;

/**
 * What a model said about one photo of known label.
 *
 * @param path relative to the photo root
 * @param actual the photo's label
 * @param ranked label indexes from the most to the least probable, at most five
 * @param probabilities of {@code ranked}, 0 to 1, in that order
 */
public record PhotoResult(
    String path, int actual, List<Integer> ranked, List<Float> probabilities) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if they are empty or of different lengths
   */
  public PhotoResult {
    ranked = List.copyOf(ranked);
    probabilities = List.copyOf(probabilities);
    if (ranked.isEmpty() || ranked.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          "Each ranked label has one probability: %s, %s".formatted(ranked, probabilities));
    }
  }

  /** The label that scored highest. */
  public int predicted() {
    return ranked.get(0);
  }

  /** Whether the label that scored highest is the right one. */
  public boolean correct() {
    return predicted() == actual;
  }
}
