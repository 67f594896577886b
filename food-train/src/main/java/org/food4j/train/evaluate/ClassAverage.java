package org.food4j.train.evaluate;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 averaged over classes, each figure on its own (Sokolova and Lapalme
 * 2009, "A systematic analysis of performance measures for classification tasks", table 3, for the
 * macro average). Classes that have no photo and were never answered take no part; for others, a
 * figure that would divide by zero counts as 0, as in scikit-learn's {@code
 * precision_recall_fscore_support(zero_division=0)}.
 *
 * @param precision 0 to 1
 * @param recall 0 to 1
 * @param f1 0 to 1: the average of the classes' F1, not that of the two others
 */
public record ClassAverage(double precision, double recall, double f1) {
  /**
   * Each class counts the same, a rare one like a common one.
   *
   * @throws IllegalArgumentException if no class has a photo or was answered
   */
  public static ClassAverage macro(List<PerClass> classes) {
    return of(classes, each -> 1);
  }

  /**
   * Each class counts as its share of the photos; the recall is then top-1.
   *
   * @throws IllegalArgumentException if no class has a photo
   */
  public static ClassAverage weighted(List<PerClass> classes) {
    return of(classes, PerClass::photos);
  }

  private static ClassAverage of(List<PerClass> classes, ToDoubleFunction<PerClass> weight) {
    List<PerClass> taking = classes.stream().filter(c -> c.photos() + c.answered() > 0).toList();
    double weights = taking.stream().mapToDouble(weight).sum();
    if (weights == 0) {
      throw new IllegalArgumentException("No class has a photo");
    }
    Function<Function<PerClass, OptionalDouble>, Double> mean =
        figure ->
            taking.stream()
                    .mapToDouble(c -> weight.applyAsDouble(c) * figure.apply(c).orElse(0))
                    .sum()
                / weights;
    return new ClassAverage(
        mean.apply(PerClass::precision), mean.apply(PerClass::recall), mean.apply(PerClass::f1));
  }
}
