package org.food4j.train.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Successive halving (Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and
 * hyperparameter optimization", arXiv 1502.07943; with a factor {@code eta} as in Li et al. 2018,
 * "Hyperband", arXiv 1603.06560): all candidates train for few epochs, one in {@code eta} for
 * {@code eta} times as many, and so on up to the recipe's epochs.
 */
final class Halving {
  /**
   * A round.
   *
   * @param candidates that take part
   * @param epochs that each has been trained for at its end
   */
  record Rung(int candidates, int epochs) {}

  private Halving() {}

  /**
   * The rungs, the last of which has the recipe's epochs: as many as leave a candidate at the end
   * and {@code minEpochs} at the beginning.
   *
   * @throws IllegalArgumentException if there is but one, which is no halving
   */
  static List<Rung> rungs(int candidates, int epochs, int eta, int minEpochs) {
    int steps = 0;
    long factor = 1;
    while (factor * eta <= candidates && (double) epochs / (factor * eta) >= minEpochs) {
      factor *= eta;
      steps++;
    }
    if (steps == 0) {
      throw new IllegalArgumentException(
          "%s candidates of %s epochs leave nothing to halve: at least %s candidates and %s epochs are needed, or a smaller eta"
              .formatted(candidates, epochs, eta, (long) eta * minEpochs));
    }
    List<Rung> rungs = new ArrayList<>();
    long left = 1;
    for (int i = 0; i <= steps; i++) {
      rungs.add(
          new Rung((int) (candidates / left), (int) Math.round((double) epochs / factor * left)));
      left *= eta;
    }
    return rungs;
  }

  /**
   * How a candidate did in a rung.
   *
   * @param top1 mean validation top-1 of its seeds' best epochs; empty if a training failed
   * @param loss mean validation loss of those epochs
   */
  record Result(OptionalDouble top1, double loss) {}

  /**
   * Which go on: the best by validation top-1, among equals by validation loss, then by order. None
   * that failed.
   *
   * @param count at most so many
   * @return indexes of the results, ascending
   */
  static List<Integer> best(List<Result> results, int count) {
    return IntStream.range(0, results.size())
        .boxed()
        .filter(i -> results.get(i).top1().isPresent())
        .sorted(
            Comparator.comparingDouble((Integer i) -> -results.get(i).top1().getAsDouble())
                .thenComparingDouble(i -> results.get(i).loss()))
        .limit(count)
        .sorted()
        .toList();
  }
}
