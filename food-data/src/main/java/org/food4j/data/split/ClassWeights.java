package org.food4j.data.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * How much a photo of each class counts in a loss, so that rare classes are not outvoted: an
 * alternative to repeating their photos.
 *
 * @param values a weight per class in the labels' order, each above 0; their mean is 1 where a
 *     factory here made them
 */
public record ClassWeights(List<Double> values) {
  /** Beta of {@link #effective} unless said otherwise, one of those that its paper tries. */
  public static final double DEFAULT_BETA = 0.999;

  /**
   * Copies the weights.
   *
   * @throws IllegalArgumentException if there is none, or one is not a finite number above 0
   */
  public ClassWeights {
    values = List.copyOf(values);
    if (values.isEmpty()
        || !values.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "Class weights are finite numbers above 0, one per class, not " + values);
    }
  }

  /** The same weight, 1, for each class. */
  public static ClassWeights equal(int classes) {
    return new ClassWeights(java.util.Collections.nCopies(classes, 1.0));
  }

  /**
   * Inverse frequency, {@code 1 / n} of a class with {@code n} photos, scaled to mean 1.
   *
   * @param counts photos per class that training draws from, in the labels' order, each at least 1
   * @throws IllegalArgumentException if a class has no photos; the message gives their indexes
   */
  public static ClassWeights inverse(int... counts) {
    return scaled(counts, count -> 1.0 / count);
  }

  /**
   * Inverse effective number of samples, {@code (1 - beta) / (1 - beta^n)} (Cui et al. 2019,
   * Class-Balanced Loss Based on Effective Number of Samples, arXiv:1901.05555, equations 2 and
   * 12), scaled to mean 1. The photos of a class overlap: the more there are, the less each adds.
   *
   * @param beta 0 to below 1: at 0 all classes weigh the same, towards 1 it becomes {@link
   *     #inverse}; the paper tries 0.9, 0.99, 0.999 and 0.9999
   * @param counts as for {@link #inverse}
   * @throws IllegalArgumentException if beta is outside its range, or a class has no photos
   */
  public static ClassWeights effective(double beta, int... counts) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("Beta lies between 0 and below 1, not at " + beta);
    }
    // 1 - beta^n without cancellation; 1 - beta is the same for all and scaled away
    return scaled(counts, count -> -1 / Math.expm1(count * Math.log(beta)));
  }

  private static ClassWeights scaled(int[] counts, IntToDoubleFunction weight) {
    List<Integer> empty = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1) {
        empty.add(i);
      }
    }
    if (!empty.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A class without photos has no weight: of %d classes those of index %s",
              counts.length,
              empty));
    }
    double[] weights = Arrays.stream(counts).mapToDouble(weight).toArray();
    double mean = Arrays.stream(weights).average().orElse(1);
    return new ClassWeights(Arrays.stream(weights).map(value -> value / mean).boxed().toList());
  }

  /** The weights as a new array. */
  public double[] toArray() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Whether every class weighs the same, but for rounding. */
  public boolean areEqual() {
    double first = values.get(0);
    return values.stream().allMatch(value -> Math.abs(value - first) <= 1e-9 * first);
  }
}
