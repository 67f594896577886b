package org.food4j.bench.result;

import java.util.List;
import org.food4j.train.evaluate.Quantiles;

/**
 * Repeated measurements of one duration.
 *
 * @param samplesMs in milliseconds, in the order taken, at least one
 */
public record Samples(List<Double> samplesMs) {
  /**
   * Copies the samples.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Samples {
    samplesMs = List.copyOf(samplesMs);
    if (samplesMs.isEmpty()) {
      throw new IllegalArgumentException("There is no sample to take a median of");
    }
  }

  /** The middle sample, or the mean of the two middle ones, in milliseconds. */
  public double medianMs() {
    return Quantiles.of(sorted(), 0.5);
  }

  /** The sample below or at which {@code percent} of all lie (nearest rank), in milliseconds. */
  public double percentileMs(double percent) {
    double[] sorted = sorted();
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  private double[] sorted() {
    return samplesMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
