package org.food4j.models.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.weights.NpyArray;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.catalogue.WeightsLocator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's logits held against those that another framework computed from the same weights and
 * input.
 *
 * @param maxAbsDifference largest difference of any logit
 * @param spread standard deviation (n - 1) of the difference between the first two expected rows:
 *     how much the input matters to the logits
 */
public record LogitsCheck(double maxAbsDifference, double spread) {
  /** The difference as a part of the spread: rounding stays below 1e-3, mistakes do not. */
  public double relative() {
    return maxAbsDifference / spread;
  }

  /**
   * Builds the network for the given arrays, loads the weights and compares.
   *
   * @param weights {@code .safetensors}, torchvision's names
   * @param input {@code .npy}, {@code [batch, 3, size, size]} with at least two different photos
   * @param expected {@code .npy}, {@code [batch, classes]}
   * @throws WeightsException if a file is broken or does not fit the network
   */
  public static LogitsCheck run(Architecture architecture, Path weights, Path input, Path expected)
      throws IOException {
    NpyArray photos = NpyArray.read(input);
    NpyArray logits = NpyArray.read(expected);
    long[] shape = photos.shape();
    if (shape.length != 4 || shape[0] < 2 || shape[1] != 3 || shape[2] != shape[3]) {
      throw new WeightsException(
          input, "the input is [batch >= 2, 3, size, size], not " + Arrays.toString(shape));
    }
    if (logits.shape().length != 2 || logits.shape()[0] != shape[0]) {
      throw new WeightsException(
          expected,
          String.format(
              Locale.ROOT,
              "the logits of %d photos are [%d, classes], not %s",
              shape[0],
              shape[0],
              Arrays.toString(logits.shape())));
    }
    int classes = (int) logits.shape()[1];
    WeightsFile file = WeightsLocator.open(weights);
    NetworkSpec spec = file.card().completed(new NetworkSpec(classes, (int) shape[2]));
    ComputationGraph graph = architecture.graph(spec, 0);
    new WeightImport(WeightImportOptions.STRICT.withArchitecture(architecture.name()))
        .load(file, graph);
    INDArray computed = graph.outputSingle(false, Nd4j.create(photos.values(), shape, 'c'));
    return compare(computed.dup('c').data().asFloat(), logits.values(), classes);
  }

  static LogitsCheck compare(float[] computed, float[] expected, int classes) {
    double max = 0;
    for (int i = 0; i < expected.length; i++) {
      // NaN must fail the check, and Math.max keeps it
      max = Math.max(max, Math.abs((double) computed[i] - expected[i]));
    }
    double[] differences = new double[classes];
    for (int i = 0; i < classes; i++) {
      differences[i] = (double) expected[i] - expected[classes + i];
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
    return new LogitsCheck(max, Math.sqrt(squares / (classes - 1)));
  }
}
