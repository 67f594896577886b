package org.food4j.models.onnx.quantize;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Means of tensors' channels, axis 1, over samples and positions. Not thread-safe. */
final class ChannelMeans {
  private final Map<String, double[]> sums = new HashMap<>();
  private final Map<String, Double> counts = new HashMap<>();

  /**
   * Takes a tensor's numbers in, as integers of a scale stand for them.
   *
   * @param scale none: as they are
   */
  void add(String tensor, RuntimeGraph.Output output, Optional<AffineScale> scale) {
    if (output.shape().length < 2 || output.shape()[0] == 0 || output.shape()[1] == 0) {
      return;
    }
    int samples = (int) output.shape()[0];
    int channels = (int) output.shape()[1];
    double[] sum = sums.computeIfAbsent(tensor, t -> new double[channels]);
    if (sum.length != channels) {
      counts.put(tensor, Double.NaN); // another shape with each batch: no mean of use
      return;
    }
    FloatBuffer values = output.values();
    int positions = values.remaining() / (samples * channels);
    int next = values.position();
    for (int row = 0; row < samples * channels; row++) {
      sum[row % channels] += sum(values, next, next + positions, scale);
      next += positions;
    }
    counts.merge(tensor, (double) samples * positions, Double::sum);
  }

  private static double sum(FloatBuffer values, int from, int to, Optional<AffineScale> scale) {
    double sum = 0;
    if (scale.isEmpty()) {
      for (int i = from; i < to; i++) {
        sum += values.get(i);
      }
      return sum;
    }
    AffineScale grid = scale.get();
    long integers = 0;
    for (int i = from; i < to; i++) {
      integers += grid.quantize(values.get(i)) - grid.zeroPoint();
    }
    return (double) grid.scale() * integers;
  }

  /** Mean of each channel; none for tensors without channels. */
  Optional<double[]> of(String tensor) {
    double count = counts.getOrDefault(tensor, Double.NaN);
    if (!(count > 0)) {
      return Optional.empty();
    }
    double[] means = sums.get(tensor).clone();
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] /= count;
    }
    return Optional.of(means);
  }
}
