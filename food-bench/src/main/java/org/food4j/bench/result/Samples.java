package org.food4j.bench.result;

import java.util.List;

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
    List<Double> sorted = samplesMs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The sample below or at which {@code percent} of all lie (nearest rank), in milliseconds. */
  public double percentileMs(double percent) {
    List<Double> sorted = samplesMs.stream().sorted().toList();
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
