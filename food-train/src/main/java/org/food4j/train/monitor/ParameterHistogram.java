package org.food4j.train.monitor;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How values are distributed, in the buckets that TensorFlow's own histograms have: limits at 0 and
 * at ± 1e-12 · 1.1<sup>k</sup> below 1e20, the outermost at the largest double.
 *
 * @param notFinite how many values are infinite or not a number; they are counted nowhere else
 * @param count of the finite values
 * @param min the smallest of them, 0 if there is none
 * @param max the largest of them, 0 if there is none
 * @param sum of them
 * @param sumOfSquares of them
 * @param limits upper limit of each bucket, rising; a value at a limit lies in the next bucket
 * @param counts values in each bucket; neighbouring empty buckets are one. The array, as {@code
 *     limits}, is not copied and not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record ParameterHistogram(
    long notFinite,
    long count,
    double min,
    double max,
    double sum,
    double sumOfSquares,
    double[] limits,
    double[] counts) {
  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;
  private static final double[] ALL_LIMITS = allLimits();

  /** The distribution of an array's values, of any shape and floating data type. */
  public static ParameterHistogram of(INDArray values) {
    return of(values.dup().data().asFloat()); // a network's parameters are views of one array
  }

  /** The distribution of some values. */
  public static ParameterHistogram of(float... values) {
    double[] counts = new double[ALL_LIMITS.length];
    long count = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double sumOfSquares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[bucket(value)]++;
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        sumOfSquares += (double) value * value;
      }
    }
    boolean any = count > 0;
    return merged(
        values.length - count, count, any ? min : 0, any ? max : 0, sum, sumOfSquares, counts);
  }

  /** Among TensorFlow's limits, the index of the first above a value. */
  private static int bucket(float value) {
    int found = Arrays.binarySearch(ALL_LIMITS, value + 0.0); // -0 is 0
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static ParameterHistogram merged(
      long notFinite,
      long count,
      double min,
      double max,
      double sum,
      double sumOfSquares,
      double[] counts) {
    double[] limits = new double[counts.length];
    double[] kept = new double[counts.length];
    int buckets = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0 && buckets > 0 && kept[buckets - 1] == 0) {
        limits[buckets - 1] = ALL_LIMITS[i];
      } else {
        limits[buckets] = ALL_LIMITS[i];
        kept[buckets++] = counts[i];
      }
    }
    return new ParameterHistogram(
        notFinite,
        count,
        min,
        max,
        sum,
        sumOfSquares,
        Arrays.copyOf(limits, buckets),
        Arrays.copyOf(kept, buckets));
  }

  private static double[] allLimits() {
    double[] positive =
        DoubleStream.concat(
                DoubleStream.iterate(SMALLEST, limit -> limit < LARGEST, limit -> limit * GROWTH),
                DoubleStream.of(Double.MAX_VALUE))
            .toArray();
    double[] all = new double[2 * positive.length + 1];
    for (int i = 0; i < positive.length; i++) {
      all[positive.length - 1 - i] = -positive[i];
      all[positive.length + 1 + i] = positive[i];
    }
    return all;
  }
}
