package org.food4j.train.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of one or more trainings.
 *
 * @param mean of all
 * @param standardDeviation of the sample, with n - 1; 0 for one training
 * @param count trainings, at least 1
 */
public record Spread(double mean, double standardDeviation, int count) {
  static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
    double[] values = runs.stream().mapToDouble(figure).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(
        mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)), values.length);
  }
}
