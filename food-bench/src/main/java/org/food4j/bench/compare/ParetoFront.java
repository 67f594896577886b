package org.food4j.bench.compare;

import java.util.List;

/** Which of several choices nothing beats: those that a reader chooses between. */
public final class ParetoFront {
  /**
   * A choice.
   *
   * @param cost less is better
   * @param gain more is better
   */
  public record Choice(double cost, double gain) {
    private boolean beats(Choice other) {
      return cost <= other.cost && gain >= other.gain && (cost < other.cost || gain > other.gain);
    }
  }

  private ParetoFront() {}

  /**
   * Whether each choice is on the front: no other costs no more and gains no less, one of them
   * strictly. Equal choices are on it together.
   */
  public static List<Boolean> of(List<Choice> choices) {
    return choices.stream()
        .map(choice -> choices.stream().noneMatch(other -> other.beats(choice)))
        .toList();
  }
}
