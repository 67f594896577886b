package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.food4j.models.onnx.OnnxModelFile;

/**
 * Any DL4J network as an ONNX file, in one call:
 *
 * <pre>{@code
 * MultiLayerNetwork network = MultiLayerNetwork.load(new File("network.zip"), false);
 * OnnxExport.write(network, Path.of("network.onnx"), InputType.convolutional(224, 224, 3));
 * }</pre>
 *
 * <p>The file is of opset 17 and the standard domain alone, float32, for a batch of any size;
 * {@link OnnxExporter} tells the names and layouts of its inputs and outputs: images are always
 * {@code [batch, channels, height, width]}. It computes what {@code output} computes: no dropout,
 * batch normalization with its running statistics, masks and recurrent state left out. {@link
 * OnnxExporter} itself takes converters for layers of one's own.
 */
public final class OnnxExport {
  private OnnxExport() {}

  /**
   * Writes a network as an ONNX file without metadata; missing folders are created, and a reader
   * sees the whole file or none.
   *
   * @param network a {@link ComputationGraph} or {@link MultiLayerNetwork}, initialised; not
   *     changed, and not to be trained meanwhile
   * @param inputTypes shape of each input in the network's order, in the layout that the network is
   *     fed, sizes of images and lengths of sequences included. None: they are deduced, which works
   *     for networks that start with a fully connected layer or with flattened images
   * @throws UnsupportedLayersException if parts of the network have no ONNX form, naming all of
   *     them
   * @throws IllegalArgumentException if the input types are missing and cannot be deduced, are of
   *     another number than the network's inputs, or the network is of another class
   * @throws IOException if the file cannot be written
   */
  public static void write(NeuralNetwork network, Path file, InputType... inputTypes)
      throws IOException {
    OnnxModelFile.write(file, model(network, inputTypes));
  }

  /**
   * A network as an ONNX model in memory; as {@link #write}.
   *
   * @throws UnsupportedLayersException as {@link #write}
   * @throws IllegalArgumentException as {@link #write}
   */
  public static ModelProto model(NeuralNetwork network, InputType... inputTypes) {
    OnnxExporter exporter = new OnnxExporter();
    if (network instanceof ComputationGraph graph) {
      return exporter.export(graph, options(NetworkParts.of(graph), inputTypes));
    }
    if (network instanceof MultiLayerNetwork chain) {
      return exporter.export(chain, options(NetworkParts.of(chain), inputTypes));
    }
    throw new IllegalArgumentException(
        "ComputationGraph and MultiLayerNetwork can be exported, not "
            + (network == null ? "null" : network.getClass().getName()));
  }

  private static ExportOptions options(NetworkParts network, InputType... inputTypes) {
    List<InputType> types =
        inputTypes.length == 0 ? DeducedInputs.of(network.configuration()) : List.of(inputTypes);
    return ExportOptions.of(types.toArray(InputType[]::new));
  }
}
