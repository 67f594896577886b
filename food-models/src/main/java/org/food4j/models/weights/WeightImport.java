package org.food4j.models.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loads published weights, named as in torchvision, into a graph whose vertices carry torchvision's
 * module paths. All or nothing: the graph changes only if every tensor fits.
 */
public final class WeightImport {
  private final boolean allowMissing;

  /**
   * @param allowMissing whether parameters that the file lacks keep their values; else they are an
   *     error, as unexpected tensors always are
   */
  public WeightImport(boolean allowMissing) {
    this.allowMissing = allowMissing;
  }

  /**
   * Loads a file into a graph.
   *
   * @throws WeightsException if a tensor is missing, unexpected or of another shape; the message
   *     lists them all
   */
  public ImportReport load(Safetensors file, ComputationGraph graph) throws WeightsException {
    List<String> matched = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> reshaped = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> unexpected = new TreeSet<>(file.names());
    unexpected.removeIf(name -> name.endsWith(".num_batches_tracked"));
    List<Assignment> assignments = new ArrayList<>();
    for (Target target : targets(graph)) {
      if (!unexpected.remove(target.tensor())) {
        missing.add(target.tensor());
        continue;
      }
      long[] shape = file.shape(target.tensor());
      if (!Arrays.equals(squeezed(shape), squeezed(target.shape()))) {
        problems.add(
            "%s is %s in the file and %s in the network"
                .formatted(
                    target.tensor(), Arrays.toString(shape), Arrays.toString(target.shape())));
        continue;
      }
      if (!Arrays.equals(shape, target.shape())) {
        reshaped.add(target.tensor());
      }
      matched.add(target.tensor());
      assignments.add(
          new Assignment(target.parameter(), target.arranged(file.values(target.tensor()))));
    }
    unexpected.forEach(name -> problems.add(name + " is in the file and not in the network"));
    if (!allowMissing) {
      missing.forEach(name -> problems.add(name + " is in the network and not in the file"));
    }
    if (!problems.isEmpty()) {
      throw new WeightsException(
          file.file(),
          String.format(
              Locale.ROOT,
              "%d tensors do not fit, nothing was loaded: %s",
              problems.size(),
              String.join("; ", problems)));
    }
    assignments.forEach(a -> a.parameter().assign(a.value()));
    return new ImportReport(matched, missing, List.copyOf(unexpected), reshaped);
  }

  private static List<Target> targets(ComputationGraph graph) {
    List<Target> targets = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      var conf = layer.conf().getLayer();
      layer
          .paramTable()
          .forEach(
              (name, parameter) ->
                  targets.add(
                      new Target(
                          ParameterNames.of(conf, name),
                          parameter,
                          conf instanceof DenseLayer && name.equals("W"))));
    }
    return targets;
  }

  /** Without axes of size 1: a 1x1 kernel {@code [out, in, 1, 1]} serves a dense layer. */
  private static long[] squeezed(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).toArray();
  }

  private record Assignment(INDArray parameter, INDArray value) {}

  /**
   * A parameter of the graph.
   *
   * @param transposed whether DL4J keeps it as {@code [in, out]} where files have {@code [out, in]}
   */
  private record Target(String tensor, INDArray parameter, boolean transposed) {
    /** The shape that a file is expected to write. */
    long[] shape() {
      long[] shape = parameter.shape();
      if (transposed) {
        return new long[] {shape[1], shape[0]};
      }
      // DL4J keeps vectors as one row
      return shape.length == 2 && shape[0] == 1 ? new long[] {shape[1]} : shape;
    }

    /** A file's values in the parameter's own shape. */
    INDArray arranged(float[] values) {
      INDArray array = Nd4j.create(values, shape(), 'c');
      return transposed ? array.transpose() : array.reshape('c', parameter.shape());
    }
  }
}
