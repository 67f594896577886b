package org.food4j.models.onnx.quantize;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Of each of a float model's tensors a histogram, and the means of its channels. */
final class ActivationStatistics {
  private final Map<String, ActivationHistogram> histograms = new HashMap<>();
  private final ChannelMeans means = new ChannelMeans();
  private final Map<String, Long> sizes = new HashMap<>();

  private final Set<String> notFinite = new TreeSet<>();
  private final Set<String> inputs;

  private int batches;

  private ActivationStatistics(Set<String> inputs) {
    this.inputs = inputs;
  }

  /**
   * Gathers them.
   *
   * @throws IllegalArgumentException if there is no sample, the runtime refuses model or samples,
   *     or a number of a sample is not finite
   */
  static ActivationStatistics of(
      TensorStream stream, Collection<String> tensors, IntConsumer progress) {
    ActivationStatistics statistics = new ActivationStatistics(stream.inputs());
    statistics.batches = stream.run(tensors, statistics::observe, progress);
    if (statistics.batches == 0) {
      throw new IllegalArgumentException("Calibration needs samples, and there are none");
    }
    return statistics;
  }

  private void observe(String tensor, RuntimeGraph.Output output) {
    sizes.merge(tensor, (long) output.values().remaining(), Math::max);
    if (notFinite.contains(tensor)) {
      return;
    }
    try {
      histograms.computeIfAbsent(tensor, t -> new ActivationHistogram()).add(output.values());
    } catch (ArithmeticException e) {
      if (inputs.contains(tensor)) {
        throw new IllegalArgumentException("Input '%s': %s".formatted(tensor, e.getMessage()), e);
      }
      notFinite.add(tensor); // told by notFinite(): has no range, and stays float
      histograms.remove(tensor);
      return;
    }
    means.add(tensor, output, Optional.empty());
  }

  /** The histogram of a tensor; none if no float32 tensor of that name was seen. */
  Optional<ActivationHistogram> histogram(String tensor) {
    return Optional.ofNullable(histograms.get(tensor));
  }

  /** Tensors that held NaN or infinity on some sample, in alphabetical order. */
  Set<String> notFinite() {
    return Collections.unmodifiableSet(notFinite);
  }

  /** How many batches of samples there were. */
  int batches() {
    return batches;
  }

  /** Mean of each channel of each tensor. */
  ChannelMeans means() {
    return means;
  }

  /** How many numbers a tensor had in the largest batch; 0 for one that was not seen. */
  long size(String tensor) {
    return sizes.getOrDefault(tensor, 0L);
  }
}
