package org.food4j.bench.result;

import java.util.List;

/**
 * Repeated measurements of one duration in several rounds, each in a process or session of its own.
 * Samples of one round have more in common than samples of two: where memory came to lie, what else
 * the machine did.
 *
 * @param samplesMs by round, in milliseconds, in the order taken; at least one round and one sample
 *     in each
 */
public record Rounds(List<List<Double>> samplesMs) {
  /**
   * Copies the samples.
   *
   * @throws IllegalArgumentException if there is no round, or one without a sample
   */
  public Rounds {
    samplesMs = samplesMs.stream().map(List::copyOf).toList();
    if (samplesMs.isEmpty() || samplesMs.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("There is a round at least, and a sample in each");
    }
  }

  /** All rounds' samples in one. */
  public Samples all() {
    return new Samples(samplesMs.stream().flatMap(List::stream).toList());
  }
}
