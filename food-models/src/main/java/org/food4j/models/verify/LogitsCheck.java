package org.food4j.models.verify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.weights.NpyArray;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.food4j.models.weights.WeightLayout;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.catalogue.WeightsLocator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's logits held against those that another framework computed from the same weights and
 * input: the logits of the DL4J graph, and those of the ONNX model exported from it.
 *
 * @param maxAbsDifference largest difference of any of the graph's logits
 * @param onnxMaxAbsDifference largest difference of any logit that ONNX Runtime computes
 * @param spread standard deviation (n - 1) of the difference between the first two expected rows:
 *     how much the input matters to the logits
 */
public record LogitsCheck(double maxAbsDifference, double onnxMaxAbsDifference, double spread) {
  /** The graph's difference as a part of the spread: rounding stays below 1e-3, mistakes do not. */
  public double relative() {
    return maxAbsDifference / spread;
  }

  /** The ONNX model's difference as a part of the spread. */
  public double onnxRelative() {
    return onnxMaxAbsDifference / spread;
  }

  /**
   * Whether neither difference is larger than this part of the spread; no if one is not a number.
   */
  public boolean within(double tolerance) {
    return relative() <= tolerance && onnxRelative() <= tolerance;
  }

  /**
   * Builds the network for the given arrays, in the form that the weights' file asks for (padding,
   * batch norm's eps, identity blocks), loads the weights, computes, exports to a temporary ONNX
   * file, computes again and compares. Weights that do not fit end it before anything is computed.
   *
   * @param weights {@code .safetensors}, or {@code .h5} of Keras; in any {@link WeightLayout},
   *     which the file's metadata or its names tell
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
    NetworkSpec spec =
        file.card().completed(new NetworkSpec(classes, (int) shape[2]), architecture.name());
    ComputationGraph graph = architecture.graph(spec, 0);
    new WeightImport(WeightImportOptions.STRICT.withArchitecture(architecture.name()))
        .load(file, graph);
    INDArray computed = graph.outputSingle(false, Nd4j.create(photos.values(), shape, 'c'));
    return of(
        computed.dup('c').data().asFloat(), onnxLogits(graph, photos), logits.values(), classes);
  }

  /**
   * Compares logits, {@code [batch, classes]} row after row.
   *
   * @param computed by the graph
   * @param onnx by the ONNX model
   * @param expected two rows at least
   * @throws IllegalArgumentException if the lengths differ, or are not two rows at least
   */
  public static LogitsCheck of(float[] computed, float[] onnx, float[] expected, int classes) {
    if (expected.length < 2 * classes
        || expected.length % classes != 0
        || computed.length != expected.length
        || onnx.length != expected.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Two rows of %d logits or more are compared, as many of each kind; not %d, %d and %d numbers",
              classes,
              computed.length,
              onnx.length,
              expected.length));
    }
    return new LogitsCheck(
        maxAbsDifference(computed, expected),
        maxAbsDifference(onnx, expected),
        spread(expected, classes));
  }

  /** Through a file, since the runtime copies a model that it gets as an array. */
  private static float[] onnxLogits(ComputationGraph graph, NpyArray photos) throws IOException {
    Path model = Files.createTempFile("food4j-verify-", ".onnx");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(model))) {
        new OnnxExporter()
            .export(graph, ExportOptions.photos((int) photos.shape()[2]))
            .writeTo(out);
      }
      try (OnnxClassifier classifier = OnnxClassifier.open(model)) {
        return classifier.logits(photos.values(), (int) photos.shape()[0]);
      }
    } finally {
      Files.delete(model);
    }
  }

  private static double maxAbsDifference(float[] computed, float[] expected) {
    double max = 0;
    for (int i = 0; i < expected.length; i++) {
      // NaN must fail the check, and Math.max keeps it
      max = Math.max(max, Math.abs((double) computed[i] - expected[i]));
    }
    return max;
  }

  private static double spread(float[] expected, int classes) {
    double[] differences = new double[classes];
    for (int i = 0; i < classes; i++) {
      differences[i] = (double) expected[i] - expected[classes + i];
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
    return Math.sqrt(squares / (classes - 1));
  }
}
