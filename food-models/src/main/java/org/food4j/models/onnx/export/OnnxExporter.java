package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.export.VertexContext.UnsupportedPart;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes DL4J computation graphs as ONNX models that compute the same as {@code
 * ComputationGraph.output}, for float32 weights and a batch of any size.
 *
 * <p>The only input of a graph is named {@code input}; several keep DL4J's names. The only output
 * is named {@code logits} if it comes from a fully connected or loss layer with the identity as its
 * activation; any other output keeps its vertex's name. Maps are channels first in the file, those
 * too that the graph keeps channels last. Thread-safe as long as the registry is not changed; the
 * graph must not be trained meanwhile.
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
    ComputationGraphConfiguration configuration = graph.getConfiguration();
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
    Walk walk = new Walk(graph);
    for (int i = 0; i < networkInputs.size(); i++) {
      walk.addInput(networkInputs.get(i), options.inputTypes().get(i));
    }
    org.deeplearning4j.nn.graph.vertex.GraphVertex[] vertices = graph.getVertices();
    for (int index : graph.topologicalSortOrder()) {
      String name = vertices[index].getVertexName();
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
    private final ComputationGraph graph;
    private final ComputationGraphConfiguration configuration;
    private final OnnxGraphBuilder onnx = new OnnxGraphBuilder("food4j");
    private final Map<String, String> tensors = new LinkedHashMap<>();

    /** Empty for what comes after a part whose output shape is not known. */
    private final Map<String, Optional<InputType>> types = new LinkedHashMap<>();

    private final List<String> problems = new ArrayList<>();

    Walk(ComputationGraph graph) {
      this.graph = graph;
      this.configuration = graph.getConfiguration();
    }

    void addInput(String name, InputType type) {
      types.put(name, Optional.of(type));
      try {
        if (type instanceof InputType.InputTypeConvolutional image
            && image.getFormat() != CNN2DFormat.NCHW) {
          throw new UnsupportedPart(
              "layout " + image.getFormat() + "; photos enter an ONNX model in the layout NCHW");
        }
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
      Map<String, INDArray> parameters = graph.getVertex(name).paramTable(false);
      VertexContext context =
          VertexContext.of(
              onnx, converters, name, parameters == null ? Map.of() : parameters, inputs, known);
      try {
        tensors.put(name, convert(vertex, context));
      } catch (UnsupportedPart e) {
        report(name, kind(vertex), e.getMessage());
      }
      types.put(name, outputType(name, vertex, known));
    }

    private String convert(GraphVertex vertex, VertexContext context) {
      if (!(vertex instanceof LayerVertex layerVertex)) {
        return context.convert(vertex);
      }
      Layer layer = layerVertex.getLayerConf().getLayer();
      if (layerVertex.getPreProcessor() == null) {
        return context.convert(layer);
      }
      String prepared = context.preparingInput().convert(layerVertex.getPreProcessor());
      InputType type = layerVertex.getPreProcessor().getOutputType(context.inputType());
      return context.convert(layer, prepared, type);
    }

    private Optional<InputType> outputType(
        String name, GraphVertex vertex, List<InputType> inputTypes) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof LossLayer) {
        return Optional.of(inputTypes.get(0)); // DL4J says 0 features unless nOut was set
      }
      try {
        // The index serves only DL4J's own messages.
        return Optional.of(vertex.getOutputType(0, inputTypes.toArray(InputType[]::new)));
      } catch (RuntimeException e) {
        report(name, kind(vertex), "does not fit its input " + inputTypes + ": " + e.getMessage());
        return Optional.empty();
      }
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
      return onnx.build();
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
    if (type instanceof InputType.InputTypeFeedForward flat) {
      return new long[] {OnnxGraphBuilder.BATCH, flat.getSize()};
    }
    if (type instanceof InputType.InputTypeConvolutionalFlat flat) {
      return new long[] {OnnxGraphBuilder.BATCH, flat.getFlattenedSize()};
    }
    if (type instanceof InputType.InputTypeConvolutional image) {
      return new long[] {
        OnnxGraphBuilder.BATCH, image.getChannels(), image.getHeight(), image.getWidth()
      };
    }
    throw new UnsupportedPart(
        "shape " + type + "; only feed-forward data and images can be exported");
  }
}
