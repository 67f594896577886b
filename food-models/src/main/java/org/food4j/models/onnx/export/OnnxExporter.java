package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.export.VertexContext.UnsupportedPart;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Writes DL4J networks as ONNX models that compute the same as their {@code output}, for float32
 * weights and a batch of any size. {@link OnnxExport} does it in one call.
 *
 * <p>The only input of a network is named {@code input}; several keep DL4J's names. The only output
 * is named {@code logits} if it comes from a fully connected or loss layer with the identity as its
 * activation; any other output keeps its vertex's name. Maps are channels first in the file, inputs
 * and outputs included, also where the network keeps and is fed them channels last: {@code [batch,
 * channels, height, width]}, {@code [batch, channels, length]}, {@code [batch, channels, depth,
 * height, width]}. Vectors that the network flattens channels last keep that order. Thread-safe as
 * long as the registry is not changed; the network must not be trained meanwhile.
 */
public final class OnnxExporter {
  private static final String INPUT = "input";
  private static final String LOGITS = "logits";

  private final ConverterRegistry converters;

  /** An exporter with the converters of this library. */
  public OnnxExporter() {
    this(ConverterRegistry.standard());
  }

  /** An exporter with converters of one's own choice. */
  public OnnxExporter(ConverterRegistry converters) {
    this.converters = converters;
  }

  /**
   * Exports an initialised graph.
   *
   * @return an ONNX model without metadata; {@code OnnxModelFile.write} adds the card
   * @throws UnsupportedLayersException if parts of the graph have no ONNX form, naming all of them
   * @throws IllegalArgumentException if the number of input types is not that of the graph's inputs
   */
  public ModelProto export(ComputationGraph graph, ExportOptions options) {
    return export(NetworkParts.of(graph), options);
  }

  /**
   * Exports an initialised network of layers in a row. Layers without a name are called {@code
   * layer0} and so on.
   *
   * @return an ONNX model without metadata; {@code OnnxModelFile.write} adds the card
   * @throws UnsupportedLayersException if parts of the network have no ONNX form, naming all of
   *     them
   * @throws IllegalArgumentException if the number of input types is not 1
   */
  public ModelProto export(MultiLayerNetwork network, ExportOptions options) {
    return export(NetworkParts.of(network), options);
  }

  private ModelProto export(NetworkParts network, ExportOptions options) {
    ComputationGraphConfiguration configuration = network.configuration();
    List<String> networkInputs = configuration.getNetworkInputs();
    if (options.inputTypes().size() != networkInputs.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The graph has %d inputs %s, but %d input types were given: %s",
              networkInputs.size(),
              networkInputs,
              options.inputTypes().size(),
              options.inputTypes()));
    }
    Walk walk = new Walk(network);
    for (int i = 0; i < networkInputs.size(); i++) {
      walk.addInput(networkInputs.get(i), options.inputTypes().get(i));
    }
    for (String name : network.order()) {
      if (!networkInputs.contains(name)) {
        walk.addVertex(name);
      }
    }
    configuration.getNetworkOutputs().forEach(walk::addOutput);
    options.endpoints().forEach(walk::addEndpoint);
    return options.applyTo(walk.finish(), walk::mapShape);
  }

  /** One pass over one graph. */
  private final class Walk {
    private final NetworkParts network;
    private final ComputationGraphConfiguration configuration;
    private final OnnxGraphBuilder onnx = new OnnxGraphBuilder("food4j");
    private final Map<String, String> tensors = new LinkedHashMap<>();

    /** Empty for what comes after a part whose output shape is not known. */
    private final Map<String, Optional<InputType>> types = new LinkedHashMap<>();

    private final List<String> problems = new ArrayList<>();

    Walk(NetworkParts network) {
      this.network = network;
      this.configuration = network.configuration();
    }

    void addInput(String name, InputType type) {
      types.put(name, Optional.of(type));
      try {
        String wanted = configuration.getNetworkInputs().size() == 1 ? INPUT : name;
        tensors.put(name, onnx.input(wanted, shape(type)));
      } catch (UnsupportedPart e) {
        report(name, "network input", e.getMessage());
      }
    }

    void addVertex(String name) {
      GraphVertex vertex = configuration.getVertices().get(name);
      List<String> sources = configuration.getVertexInputs().get(name);
      List<Optional<InputType>> inputTypes = sources.stream().map(types::get).toList();
      if (inputTypes.stream().anyMatch(Optional::isEmpty)) {
        types.put(name, Optional.empty());
        reportUnregistered(name, vertex);
        return;
      }
      List<InputType> known = inputTypes.stream().map(Optional::orElseThrow).toList();
      List<String> inputs = sources.stream().map(s -> tensors.getOrDefault(s, s)).toList();
      VertexContext context =
          VertexContext.of(
              onnx, converters, name, network.parametersOf().apply(name), inputs, known);
      VertexConversion converted = VertexConversion.of(vertex, context);
      tensors.put(name, converted.tensor());
      types.put(name, converted.type());
      converted.problem().ifPresent(problem -> report(name, kind(vertex), problem));
    }

    private void reportUnregistered(String name, GraphVertex vertex) {
      Object part = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
      if (converters.converterOf(part).isEmpty()) {
        report(name, kind(vertex), "no converter is registered for " + part.getClass().getName());
      }
    }

    void addOutput(String vertex) {
      if (problems.isEmpty()) {
        InputType type = types.get(vertex).orElseThrow();
        try {
          if (BatchConverters.examples(vertex, configuration) != 1) {
            throw new UnsupportedPart(
                "its batch is not the input's; end the network with an UnstackVertex");
          }
          onnx.output(tensors.get(vertex), outputName(vertex), shape(type));
        } catch (UnsupportedPart e) {
          report(vertex, "network output", e.getMessage());
        }
      }
    }

    void addEndpoint(String vertex) {
      if (!configuration.getVertices().containsKey(vertex)) {
        throw new IllegalArgumentException(
            "There is no vertex '%s' to make an output of; the graph has %s"
                .formatted(vertex, configuration.getVertices().keySet()));
      }
      if (!configuration.getNetworkOutputs().contains(vertex)) {
        addOutput(vertex);
      }
    }

    /** Height and width of the maps in a tensor of the finished model; -1 if no vertex made it. */
    long[] mapShape(String tensor) {
      for (Map.Entry<String, Optional<InputType>> entry : types.entrySet()) {
        String vertex = entry.getKey();
        boolean same = tensor.equals(tensors.get(vertex)) || tensor.equals(vertex);
        if (same
            && entry.getValue().orElseThrow() instanceof InputType.InputTypeConvolutional maps) {
          return new long[] {maps.getHeight(), maps.getWidth()};
        }
      }
      return new long[] {-1, -1};
    }

    private String outputName(String vertex) {
      boolean logits =
          configuration.getNetworkOutputs().size() == 1
              && configuration.getVertices().get(vertex) instanceof LayerVertex layer
              && layer.getLayerConf().getLayer() instanceof FeedForwardLayer head
              && head.getActivationFn() instanceof ActivationIdentity
              && types.get(vertex).orElseThrow().getType() == InputType.Type.FF;
      return logits ? LOGITS : vertex;
    }

    ModelProto finish() {
      if (!problems.isEmpty()) {
        throw new UnsupportedLayersException(problems);
      }
      return ZeroPaddedMaximum.protect(onnx.build());
    }

    private void report(String vertex, String kind, String reason) {
      problems.add("'%s' (%s): %s".formatted(vertex, kind, reason));
    }
  }

  private static String kind(GraphVertex vertex) {
    Object part = vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : vertex;
    return part.getClass().getSimpleName();
  }

  private static long[] shape(InputType type) {
    TensorShape shape = TensorShape.of(type);
    if (!shape.isKnown()) {
      throw new UnsupportedPart(
          "shape " + type + "; give the exporter an input type with every size, of sequences too");
    }
    return shape.inFile();
  }
}
