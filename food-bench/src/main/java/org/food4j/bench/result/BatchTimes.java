package org.food4j.bench.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a model answers batches of one size.
 *
 * @param batch photos per call, at least 1
 * @param times of one call each
 * @param memoryBytes by round, by how much the process's resident memory has grown at most since
 *     before the model was opened, batches of the sizes before this one included; empty where a
 *     process of its own or its system does not tell
 */
public record BatchTimes(int batch, Rounds times, List<Long> memoryBytes) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the batch is below 1
   */
  public BatchTimes {
    memoryBytes = List.copyOf(memoryBytes);
    if (batch < 1) {
      throw new IllegalArgumentException("A batch has at least one photo, not " + batch);
    }
  }

  /** The median latency in milliseconds, nearest rank as the other percentiles. */
  public double p50Ms() {
    return times.all().percentileMs(50);
  }

  /** Throughput at the median latency. */
  public double photosPerSecond() {
    return batch * 1000.0 / p50Ms();
  }

  /**
   * The median over the rounds, the lower of two middle ones; absent where nothing was measured.
   */
  public OptionalLong medianMemoryBytes() {
    return memoryBytes.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(memoryBytes.stream().sorted().toList().get((memoryBytes.size() - 1) / 2));
  }
}
