package org.food4j.models.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
   * Matches a file's tensors with a graph's, without loading any.
   *
   * @throws WeightsException if a tensor is missing, unexpected or of another shape; the message
   *     lists them all, with the likely cause
   */
  public ImportReport check(WeightsFile file, ComputationGraph graph) throws WeightsException {
    return match(file, graph).report();
  }

  /**
   * Loads a file into a graph. {@code num_batches_tracked} is ignored.
   *
   * @throws WeightsException if a tensor is missing, unexpected or of another shape; the message
   *     lists them all, with the likely cause
   * @throws IOException if the file cannot be read; the graph is then as it was
   */
  public ImportReport load(WeightsFile file, ComputationGraph graph) throws IOException {
    TensorMatch match = match(file, graph);
    List<INDArray> values = new ArrayList<>();
    for (TensorMatch.Pair pair : match.pairs()) {
      values.add(pair.tensor().arranged(file.values(pair.inFile())));
    }
    for (int i = 0; i < values.size(); i++) {
      match.pairs().get(i).tensor().parameter().assign(values.get(i));
    }
    return match.report();
  }

  private TensorMatch match(WeightsFile file, ComputationGraph graph) throws WeightsException {
    TensorMatch match = new TensorMatch(file, NetworkTensor.of(graph), options);
    match.requireFitting();
    return match;
  }
}
