package org.food4j.data.preprocess;

import java.util.Arrays;

/**
 * One axis of a resize: which source samples each output is the weighted sum of. The arithmetic is
 * that of Pillow's {@code precompute_coeffs}: weights have {@value #PRECISION_BITS} bits behind the
 * point.
 *
 * <p>Every output has the same number of weights, some of them zero, so that loops over outputs
 * need no inner loop over weights.
 *
 * @param first index of the first source sample, per output; not decreasing
 * @param weights {@code [taps, outputs]}: of the sample {@code first + tap}
 */
@SuppressWarnings("ArrayRecordComponent")
record Weights(int[] first, int[][] weights) {
  static final int PRECISION_BITS = 22;

  /** What a sum starts with, so that dropping the bits behind the point rounds. */
  static final int HALF = 1 << (PRECISION_BITS - 1);

  /**
   * The weights of the outputs {@code from .. from + window} of {@code outputs} in all.
   *
   * @param samples in the source; where it has fewer than there are taps, the last taps' weights
   *     are zero
   * @param start of the part that is resized, in source samples
   * @param length of that part
   * @param multiple the number of taps is rounded up to a multiple of this
   */
  static Weights of(
      Interpolation filter,
      int samples,
      double start,
      double length,
      int outputs,
      int from,
      int window,
      int multiple) {
    double scale = length / outputs;
    double filterScale = Math.max(scale, 1);
    double support = filter.support() * filterScale;
    int[] first = new int[window];
    int[] end = new int[window];
    int taps = 0;
    for (int n = 0; n < window; n++) {
      double center = start + (from + n + 0.5) * scale;
      first[n] = Math.max(0, (int) (center - support + 0.5));
      end[n] = Math.min(samples, (int) (center + support + 0.5));
      taps = Math.max(taps, end[n] - first[n]);
    }
    taps = (taps + multiple - 1) / multiple * multiple;
    int[][] weights = new int[taps][window];
    double[] exact = new double[taps];
    for (int n = 0; n < window; n++) {
      double center = start + (from + n + 0.5) * scale;
      int low = first[n];
      int count = end[n] - low;
      double sum = 0;
      for (int i = 0; i < count; i++) {
        exact[i] = filter.weight((low + i - center + 0.5) / filterScale);
        sum += exact[i];
      }
      // All taps are of samples that exist, if there are enough.
      first[n] = Math.max(0, Math.min(low, samples - taps));
      for (int i = 0; i < count; i++) {
        weights[low - first[n] + i][n] = fixed(exact[i] / sum);
      }
    }
    return new Weights(first, weights);
  }

  /**
   * The weights of samples that several pixels share, such that the sums are those of pixels made
   * of the samples by linear interpolation: what resizing a whole photo gives, without making it.
   *
   * @param pixels to a sample, which lies in their middle
   * @param samples in the source
   * @param multiple the number of taps is rounded up to a multiple of this
   */
  Weights ofShared(int pixels, int samples, int multiple) {
    if (pixels == 1) {
      return this;
    }
    int[] begin = new int[outputs()];
    int widest = 0;
    for (int n = 0; n < begin.length; n++) {
      begin[n] = Math.min(sampleBefore(first[n], pixels), samples - 1);
      int end = Math.min(sampleBefore(first[n] + taps() - 1, pixels) + 2, samples);
      widest = Math.max(widest, end - begin[n]);
    }
    int taps = (widest + multiple - 1) / multiple * multiple;
    int[][] shared = new int[taps][begin.length];
    long[] sums = new long[taps + 1];
    for (int n = 0; n < begin.length; n++) {
      begin[n] = Math.max(0, Math.min(begin[n], samples - taps));
      Arrays.fill(sums, 0);
      for (int tap = 0; tap < taps(); tap++) {
        int pixel = first[n] + tap;
        int part = Math.floorMod(2 * pixel + 1 - pixels, 2 * pixels);
        int before = Math.floorDiv(2 * pixel + 1 - pixels, 2 * pixels);
        long weight = weights[tap][n];
        if (weight != 0) {
          sums[Math.max(before, 0) - begin[n]] += weight * (2 * pixels - part);
          sums[Math.min(before + 1, samples - 1) - begin[n]] += weight * part;
        }
      }
      for (int tap = 0; tap < taps; tap++) {
        shared[tap][n] = (int) Math.floorDiv(sums[tap] + pixels, 2L * pixels);
      }
    }
    return new Weights(begin, shared);
  }

  /** The sample before a pixel's middle, or the first. */
  private static int sampleBefore(int pixel, int pixels) {
    return Math.max(0, Math.floorDiv(2 * pixel + 1 - pixels, 2 * pixels));
  }

  private static int fixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  }

  int outputs() {
    return first.length;
  }

  int taps() {
    return weights.length;
  }

  /** The source sample after the last that any output needs. */
  int end() {
    return first[first.length - 1] + taps();
  }
}
