package org.food4j.models.onnx.quantize;

import java.util.Arrays;

/**
 * The search for the threshold of least Kullback-Leibler divergence. For each threshold, P is the
 * measured distribution of magnitudes with everything beyond it put into its last bin, and Q what
 * is left of the part within after rounding to the integers.
 */
final class EntropySearch {
  /** Of a probability that Q has none for, so that the divergence stays finite. */
  private static final double SMALLEST = 1e-9;

  private final ActivationHistogram activations;
  private final int levels;
  private final double[] magnitudes = new double[ActivationHistogram.BINS];

  EntropySearch(ActivationHistogram activations, int levels) {
    this.activations = activations;
    boolean signed = activations.range().min() < 0 && activations.range().max() > 0;
    this.levels = signed ? levels / 2 : levels;
    for (int bin = 0; bin < magnitudes.length; bin++) {
      magnitudes[bin] = activations.in(true, bin) + activations.in(false, bin);
    }
  }

  Range range() {
    int used = magnitudes.length;
    while (used > 0 && magnitudes[used - 1] == 0) {
      used--;
    }
    int best = used;
    double least = Double.POSITIVE_INFINITY;
    int step = Math.max(1, used / 256);
    for (int bins = used; bins > levels; bins -= step) {
      double divergence = divergence(bins);
      if (divergence < least) {
        least = divergence;
        best = bins;
      }
    }
    if (best == used) {
      return activations.range();
    }
    float threshold = (float) (best * activations.width());
    return activations.range().within(-threshold, threshold);
  }

  /** Of the distribution clipped after so many bins. */
  double divergence(int bins) {
    double[] p = Arrays.copyOf(magnitudes, bins);
    double total = Arrays.stream(magnitudes).sum();
    double within = Arrays.stream(p).sum();
    p[bins - 1] += total - within;
    double[] q = new double[bins];
    for (int level = 0; level < levels; level++) {
      int from = (int) ((long) level * bins / levels);
      int to = (int) ((level + 1L) * bins / levels);
      double sum = 0;
      int filled = 0;
      for (int bin = from; bin < to; bin++) {
        sum += magnitudes[bin];
        filled += p[bin] > 0 ? 1 : 0;
      }
      for (int bin = from; bin < to; bin++) {
        q[bin] = p[bin] > 0 ? sum / filled : 0;
      }
    }
    double divergence = 0;
    for (int bin = 0; bin < bins; bin++) {
      if (p[bin] > 0) {
        double mine = p[bin] / total;
        divergence += mine * Math.log(mine / Math.max(SMALLEST, q[bin] / within));
      }
    }
    return divergence;
  }
}
