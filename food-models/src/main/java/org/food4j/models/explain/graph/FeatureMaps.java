package org.food4j.models.explain.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.block.Stage;
import org.food4j.models.explain.CellCentres;

/**
 * The vertices of a graph whose activations are maps {@code [batch, height, width, channels]} of
 * more than one place, by name and in the order of computation. Photos are squares and so are their
 * maps: what has another shape is a row of channels inside a gate.
 */
final class FeatureMaps {
  private final List<String> names;
  private final Map<String, InputType> types;
  private final ComputationGraphConfiguration configuration;
  private final List<Stage> stages;

  /**
   * @param stages the network's, by which maps may be named; those of the vertices' own names if
   *     empty
   */
  FeatureMaps(ComputationGraph graph, int inputSize, List<Stage> stages) {
    this.stages = List.copyOf(stages);
    configuration = graph.getConfiguration();
    InputType photos = InputType.convolutional(inputSize, inputSize, 3);
    types = new HashMap<>(configuration.getLayerActivationTypes(photos));
    types.put(configuration.getNetworkInputs().get(0), photos);
    names = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[index].getVertexName();
      if (types.get(name) instanceof InputType.InputTypeConvolutional maps
          && maps.getFormat() == CNN2DFormat.NHWC
          && maps.getHeight() > 1
          && maps.getHeight() == maps.getWidth()
          && graph.getVertex(name).getNumInputArrays() > 0) {
        names.add(name);
      }
    }
  }

  /**
   * The last map, which global pooling reads.
   *
   * @throws IllegalArgumentException if there is none
   */
  String last() {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "The graph has no feature maps [batch, height, width, channels] to explain by");
    }
    return names.get(names.size() - 1);
  }

  /**
   * The vertex of that name, or the output of the stage of that name: the last of its maps to be
   * computed.
   *
   * @throws IllegalArgumentException if there is neither; the message lists the stages, and any
   *     vertex of maps may be named
   */
  String named(String stage) {
    if (names.contains(stage)) {
      return stage;
    }
    return (stages.isEmpty()
            ? names.stream().filter(name -> name.startsWith(stage + "."))
            : of(stage))
        .reduce((first, next) -> next)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No stage or feature map is called \"%s\"; there are %s"
                        .formatted(stage, String.join(", ", stages()))));
  }

  /** The maps of a stage that the graph has: identity blocks are missing in it. */
  private Stream<String> of(String wanted) {
    return stages.stream()
        .filter(stage -> stage.name().equals(wanted))
        .flatMap(stage -> stage.vertices().stream())
        .filter(names::contains);
  }

  /**
   * The names of stages with maps, or those of vertices up to their first number: {@code stages.1}.
   */
  private Set<String> stages() {
    Set<String> found = new LinkedHashSet<>();
    stages.stream()
        .filter(stage -> stage.vertices().stream().anyMatch(names::contains))
        .forEach(stage -> found.add(stage.name()));
    if (stages.isEmpty()) {
      names.forEach(name -> found.add(name.replaceFirst("(?<=\\.\\d{1,3})\\..*", "")));
    }
    return found;
  }

  /** Where the cells of a vertex's maps look at. */
  CellCentres centres(String vertex) {
    return ReceptiveFields.of(configuration, types, vertex);
  }
}
