package org.food4j.models.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.FrozenParts;

/**
 * The vertices of a graph's configuration with what each costs; nothing is allocated.
 *
 * @param vertices in topological order, without the input
 * @param uncounted those with parameters whose multiply-additions are not known
 */
record CountedGraph(List<VertexCosts> vertices, List<VertexCosts> uncounted) {
  static final int FLOAT_BYTES = 4;
  private static final int COLOURS = 3;

  CountedGraph {
    vertices = List.copyOf(vertices);
    uncounted = List.copyOf(uncounted);
  }

  /**
   * Counts.
   *
   * @param inputSize height and width of the input in pixels
   */
  static CountedGraph of(ComputationGraphConfiguration configuration, int inputSize) {
    // without override: the layers of a living graph keep their widths
    Map<String, InputType> outputs =
        configuration.getLayerActivationTypes(
            true, false, InputType.convolutional(inputSize, inputSize, COLOURS));
    List<VertexCosts> vertices = new ArrayList<>();
    List<VertexCosts> uncounted = new ArrayList<>();
    for (String name : outputs.keySet()) { // in topological order
      if (!configuration.getVertices().containsKey(name)) {
        continue; // the input
      }
      GraphVertex vertex = FrozenParts.unwrapped(configuration.getVertices().get(name));
      List<String> inputs = configuration.getVertexInputs().get(name);
      VertexCosts costs = costs(name, inputs, vertex, outputs.get(name));
      vertices.add(costs);
      if (costs.parameters() > 0 && type(vertex).isEmpty()) {
        uncounted.add(costs);
      }
    }
    return new CountedGraph(AttentionBranches.marked(vertices, configuration), uncounted);
  }

  private static VertexCosts costs(
      String name, List<String> inputs, GraphVertex vertex, InputType output) {
    long values = output.arrayElementsPerExample();
    Optional<LayerType<Layer>> type = type(vertex);
    long macs = 0;
    int kept = 1;
    String description = description(vertex);
    VertexKind kind = vertex instanceof AdditionVertex ? VertexKind.ADDITION : VertexKind.OTHER;
    if (type.isPresent()) {
      Layer layer = layer(vertex).orElseThrow();
      macs = values * type.get().macsPerValue().applyAsLong(layer);
      kept = type.get().keptMaps().applyAsInt(layer);
      description = type.get().description().apply(layer);
      kind = type.get().kind();
    }
    return new VertexCosts(
        name,
        inputs,
        kind,
        description,
        shape(output),
        Parameters.trainable(vertex),
        Parameters.all(vertex),
        macs,
        FLOAT_BYTES * values,
        kept * FLOAT_BYTES * values);
  }

  private static Optional<LayerType<Layer>> type(GraphVertex vertex) {
    return layer(vertex).flatMap(LayerTypes::of);
  }

  private static Optional<Layer> layer(GraphVertex vertex) {
    return vertex instanceof LayerVertex layer
        ? Optional.of(FrozenParts.unwrapped(layer.getLayerConf().getLayer()))
        : Optional.empty();
  }

  private static String description(GraphVertex vertex) {
    if (vertex instanceof AdditionVertex addition) {
      return "add" + LayerTypes.function(addition.function());
    }
    Object described = layer(vertex).<Object>map(layer -> layer).orElse(vertex);
    return words(described.getClass().getSimpleName());
  }

  /** {@code "channel scale"} of {@code ChannelScaleVertex}. */
  private static String words(String className) {
    return className
        .replaceFirst("(Vertex|Layer|2d)$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static List<Long> shape(InputType output) {
    if (output instanceof InputType.InputTypeConvolutional maps) {
      return List.of(maps.getHeight(), maps.getWidth(), maps.getChannels());
    }
    return Arrays.stream(output.getShape(false)).boxed().toList();
  }
}
