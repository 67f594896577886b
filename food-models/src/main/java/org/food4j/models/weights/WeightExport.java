package org.food4j.models.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Saves a network's weights by torchvision's names, for {@link WeightImport} and for PyTorch:
 * {@code model.load_state_dict(safetensors.torch.load_file(file), strict=False)}, not strict
 * because {@code num_batches_tracked} is not written.
 */
public final class WeightExport {
  private WeightExport() {}

  /**
   * Writes all parameters, batch-norm statistics among them, as float32, in the shapes that PyTorch
   * has them in: self-attention's linear layers {@code [out, in]}, the kernel of efficient channel
   * attention {@code [1, 1, size]}.
   *
   * @param graph not changed
   * @param file overwritten at once when complete
   * @param card written as the file's metadata, with the layout {@link WeightLayout#TORCHVISION}
   * @throws IllegalArgumentException if a layer has no name in torchvision's networks
   * @throws IOException if the file cannot be written
   */
  public static void save(ComputationGraph graph, Path file, WeightsCard card) throws IOException {
    List<SafetensorsWriter.Entry> entries =
        NetworkTensor.of(graph).stream()
            .map(
                tensor ->
                    new SafetensorsWriter.Entry(tensor.name(), tensor.shape(), tensor::values))
            .toList();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt"); // what PyTorch's loaders ask for
    metadata.putAll(
        WeightsCard.builder().layout(WeightLayout.TORCHVISION).build().orElse(card).metadata());
    SafetensorsWriter.write(file, entries, metadata);
  }
}
