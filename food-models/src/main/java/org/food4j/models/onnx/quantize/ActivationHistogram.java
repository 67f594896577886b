package org.food4j.models.onnx.quantize;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How often a tensor's numbers occur, gathered in one pass without knowing their range: bins of
 * equal width on both sides of 0, which double their width when a number lies outside. Numbers that
 * are exactly 0 are counted apart, as every quantisation stands for them exactly. Not thread-safe.
 */
public final class ActivationHistogram {
  /** On each side of 0. */
  static final int BINS = 4096;

  private final long[] positive = new long[BINS];
  private final long[] negative = new long[BINS];
  private double width;
  private long zeros;
  private long count;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  /**
   * Counts numbers.
   *
   * @param numbers from its position to its limit; left as it is
   * @throws ArithmeticException if one is not finite
   */
  public void add(FloatBuffer numbers) {
    float low = min;
    float high = max;
    for (int i = numbers.position(); i < numbers.limit(); i++) {
      float number = numbers.get(i);
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    if (!(numbers.hasRemaining() && Float.isFinite(low) && Float.isFinite(high))) {
      if (!numbers.hasRemaining()) {
        return;
      }
      throw new ArithmeticException("NaN or infinity among the activations");
    }
    min = low;
    max = high;
    count += numbers.remaining();
    cover(Math.max(-(double) min, max));
    if (width == 0) {
      zeros += numbers.remaining();
      return;
    }
    double perUnit = 1 / width;
    for (int i = numbers.position(); i < numbers.limit(); i++) {
      float number = numbers.get(i);
      if (number > 0) {
        positive[Math.min(BINS - 1, (int) (number * perUnit))]++;
      } else if (number < 0) {
        negative[Math.min(BINS - 1, (int) (-number * perUnit))]++;
      } else {
        zeros++;
      }
    }
  }

  private void cover(double magnitude) {
    if (width == 0) {
      width = magnitude / BINS;
      return;
    }
    while (magnitude > width * BINS) {
      width *= 2;
      halve(positive);
      halve(negative);
    }
  }

  private static void halve(long[] bins) {
    for (int i = 0; i < BINS / 2; i++) {
      bins[i] = bins[2 * i] + bins[2 * i + 1];
    }
    Arrays.fill(bins, BINS / 2, BINS, 0);
  }

  /** How many numbers were counted. */
  public long count() {
    return count;
  }

  /** Width of a bin; 0 while every number was 0. */
  double width() {
    return width;
  }

  /** How many numbers lie in a bin above 0, or below it, counted from 0. */
  long in(boolean above, int bin) {
    return above ? positive[bin] : negative[bin];
  }

  long zeros() {
    return zeros;
  }

  /**
   * The least and the greatest number.
   *
   * @throws IllegalStateException if none was counted
   */
  public Range range() {
    if (count == 0) {
      throw new IllegalStateException("No number has been counted");
    }
    return new Range(min, max);
  }
}
