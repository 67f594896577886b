package org.food4j.bench.result;

import java.util.List;

/**
 * One measured line of a benchmark: a model in one form, in one runtime, at one batch size.
 *
 * @param model the file's or run's name
 * @param runtime what computed, in a few words
 * @param form {@code "dl4j"} or {@code "onnx float32"}, for example
 * @param top1 share of the data set's photos whose label scored highest, 0 to 1
 * @param top5 share whose label was among the five highest, 0 to 1
 * @param batch photos per call
 * @param samplesMs each call's time in milliseconds, in the order measured
 * @param bytes the model file's size
 */
public record LatencyRow(
    String model,
    String runtime,
    String form,
    double top1,
    double top5,
    int batch,
    List<Double> samplesMs,
    long bytes) {
  /**
   * Copies the samples.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LatencyRow {
    samplesMs = List.copyOf(samplesMs);
    if (samplesMs.isEmpty()) {
      throw new IllegalArgumentException("No sample was taken of " + model + ", batch " + batch);
    }
  }

  /** The sample below or at which {@code percent} of all lie (nearest rank), in milliseconds. */
  public double percentileMs(double percent) {
    return new Samples(samplesMs).percentileMs(percent);
  }

  /** Throughput at the median latency. */
  public double photosPerSecond() {
    return batch * 1000.0 / percentileMs(50);
  }
}
