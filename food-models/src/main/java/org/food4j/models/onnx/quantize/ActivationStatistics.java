package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.food4j.models.onnx.OnnxGraph;

/**
 * What a float model's tensors hold while it computes the calibration samples. The samples stream
 * by: of each tensor a histogram and the channels' means are kept, and no more inner tensors at a
 * time than a fixed amount of memory holds.
 */
final class ActivationStatistics {
  /** Bytes of inner tensors that one run may hand over, if there is more than one. */
  private static final long BYTES_PER_RUN = 256L << 20;

  /** Tensors that a run may hand over while their sizes are unknown. */
  private static final int FIRST_TENSORS = 16;

  private final Map<String, ActivationHistogram> histograms = new HashMap<>();
  private final Map<String, double[]> channelSums = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private int batches;

  private ActivationStatistics() {}

  /**
   * Runs a model on samples.
   *
   * @param tensors to observe: inputs of the graph or inner ones; those that are not float32 are
   *     passed over
   * @param progress is told after each batch how many were computed
   * @throws IllegalArgumentException if there is no sample, or the runtime refuses model or samples
   */
  static ActivationStatistics of(
      ModelProto model,
      Iterable<SampleBatch> samples,
      Collection<String> tensors,
      IntConsumer progress) {
    ActivationStatistics statistics = new ActivationStatistics();
    Set<String> inner = new LinkedHashSet<>(tensors);
    List<String> inputs = OnnxGraph.of(model).inputs();
    inner.removeAll(inputs);
    try (RuntimeGraph graph = RuntimeGraph.open(model, inner)) {
      for (SampleBatch batch : samples) {
        for (Map.Entry<String, SampleBatch.Input> input : batch.inputs().entrySet()) {
          statistics.observe(
              input.getKey(),
              new RuntimeGraph.Output(
                  FloatBuffer.wrap(input.getValue().values()), input.getValue().shape()));
        }
        for (Set<String> group : statistics.groups(inner)) {
          graph.run(batch, group, statistics::observe);
        }
        progress.accept(++statistics.batches);
      }
    }
    if (statistics.batches == 0) {
      throw new IllegalArgumentException("Calibration needs samples, and there are none");
    }
    return statistics;
  }

  private List<Set<String>> groups(Set<String> tensors) {
    List<Set<String>> groups = new ArrayList<>();
    Set<String> group = new LinkedHashSet<>();
    long bytes = 0;
    for (String tensor : tensors) {
      long size =
          batches == 0
              ? BYTES_PER_RUN / FIRST_TENSORS
              : sizes.getOrDefault(tensor, 0L) * Float.BYTES;
      if (!group.isEmpty() && bytes + size > BYTES_PER_RUN) {
        groups.add(group);
        group = new LinkedHashSet<>();
        bytes = 0;
      }
      group.add(tensor);
      bytes += size;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private void observe(String tensor, RuntimeGraph.Output output) {
    sizes.merge(tensor, (long) output.values().remaining(), Math::max);
    try {
      histograms.computeIfAbsent(tensor, t -> new ActivationHistogram()).add(output.values());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("Tensor '%s': %s".formatted(tensor, e.getMessage()), e);
    }
    if (output.shape().length >= 2) {
      sumChannels(tensor, output);
    }
  }

  private void sumChannels(String tensor, RuntimeGraph.Output output) {
    int channels = (int) output.shape()[1];
    double[] sums = channelSums.computeIfAbsent(tensor, t -> new double[channels + 1]);
    if (sums.length != channels + 1 || channels == 0) {
      return; // another shape with each batch: no mean of use
    }
    int samples = (int) output.shape()[0];
    FloatBuffer values = output.values();
    int positions = values.remaining() / Math.max(1, samples * channels);
    int next = values.position();
    for (int sample = 0; sample < samples; sample++) {
      for (int channel = 0; channel < channels; channel++) {
        double sum = 0;
        for (int end = next + positions; next < end; next++) {
          sum += values.get(next);
        }
        sums[channel] += sum;
      }
    }
    sums[channels] += (double) samples * positions;
  }

  /** The histogram of a tensor; none if no float32 tensor of that name was seen. */
  java.util.Optional<ActivationHistogram> histogram(String tensor) {
    return java.util.Optional.ofNullable(histograms.get(tensor));
  }

  /** Mean of each channel, axis 1; none for tensors without that axis. */
  java.util.Optional<double[]> channelMeans(String tensor) {
    return java.util.Optional.ofNullable(channelSums.get(tensor))
        .filter(sums -> sums[sums.length - 1] > 0)
        .map(
            sums -> {
              double[] means = new double[sums.length - 1];
              for (int channel = 0; channel < means.length; channel++) {
                means[channel] = sums[channel] / sums[means.length];
              }
              return means;
            });
  }

  /** How many numbers a tensor had in the largest batch; 0 for one that was not seen. */
  long size(String tensor) {
    return sizes.getOrDefault(tensor, 0L);
  }

  Map<String, Long> sizes() {
    return new LinkedHashMap<>(sizes);
  }
}
