package org.food4j.bench.compare;

import java.util.List;
import java.util.Locale;
import org.food4j.bench.result.LatencyRow;
import org.food4j.train.evaluate.Interval;

/**
 * How much faster one measured row is than another at the same batch size, by the median latency.
 *
 * @param factor the baseline's median divided by the candidate's: above 1, the candidate is faster
 * @param clear whether the medians' 95 % confidence intervals lie apart; where they overlap, the
 *     samples show no difference
 */
public record Speedup(double factor, boolean clear) {
  /**
   * Compares two rows.
   *
   * @throws IllegalArgumentException if their batch sizes differ
   */
  public static Speedup of(LatencyRow baseline, LatencyRow candidate) {
    if (baseline.batch() != candidate.batch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Rows of one batch size are compared, not %d and %d",
              baseline.batch(),
              candidate.batch()));
    }
    double[] one = medianInterval(baseline.samplesMs());
    double[] other = medianInterval(candidate.samplesMs());
    return new Speedup(
        baseline.percentileMs(50) / candidate.percentileMs(50),
        one[1] < other[0] || other[1] < one[0]);
  }

  /**
   * The order statistics that enclose the median (Conover 1999, "Practical Nonparametric
   * Statistics", 3.2, normal approximation); of few samples the lowest and the highest.
   */
  private static double[] medianInterval(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int n = sorted.size();
    double half = Interval.Z_95 * Math.sqrt(n) / 2;
    int low = (int) Math.max(1, Math.floor(n / 2.0 - half));
    int high = (int) Math.min(n, Math.ceil(n / 2.0 + half) + 1);
    return new double[] {sorted.get(low - 1), sorted.get(high - 1)};
  }
}
