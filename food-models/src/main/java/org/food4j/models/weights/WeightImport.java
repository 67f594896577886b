package org.food4j.models.weights;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loads published weights into a graph whose vertices carry torchvision's module paths. All or
 * nothing: everything is matched and read first, and the graph changes only if every tensor fits.
 */
public final class WeightImport {
  private final WeightImportOptions options;

  /** An import with options. */
  public WeightImport(WeightImportOptions options) {
    this.options = options;
  }

  /**
   * Matches a file's tensors with a network's by name and shape, without loading any; nothing is
   * allocated.
   *
   * @param network the graph's configuration, with its input types
   * @throws WeightsException if a tensor is missing, unexpected or of another shape; the message
   *     lists them all, with the likely cause
   */
  public ImportReport check(WeightsFile file, ComputationGraphConfiguration network)
      throws WeightsException {
    return match(file, NetworkShapes.of(network)).report();
  }

  /**
   * Loads a file into a graph. {@code num_batches_tracked} is ignored.
   *
   * @throws WeightsException if a tensor is missing, unexpected or of another shape; the message
   *     lists them all, with the likely cause
   * @throws IOException if the file cannot be read; the graph is then as it was
   */
  public ImportReport load(WeightsFile file, ComputationGraph graph) throws IOException {
    Map<String, NetworkTensor> tensors = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (NetworkTensor tensor : NetworkTensor.of(graph)) {
      tensors.put(tensor.name(), tensor);
      shapes.put(tensor.name(), tensor.shape());
    }
    TensorMatch match = match(file, shapes);
    Map<NetworkTensor, INDArray> values = new IdentityHashMap<>();
    for (TensorMatch.Pair pair : match.pairs()) {
      NetworkTensor tensor = tensors.get(pair.name());
      values.put(tensor, tensor.arranged(file.values(pair.inFile())));
    }
    values.forEach((tensor, read) -> tensor.parameter().assign(read));
    return match.report();
  }

  private TensorMatch match(WeightsFile file, Map<String, long[]> network) throws WeightsException {
    TensorMatch match = new TensorMatch(file, network, options);
    match.requireFitting();
    return match;
  }
}
