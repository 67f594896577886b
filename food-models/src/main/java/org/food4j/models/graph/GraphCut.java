package org.food4j.models.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph cut in two behind one vertex: what lies below computes that vertex's activation, what
 * lies above reads it as its input. Applied one after the other they compute what the whole does.
 *
 * <p>The vertex must be a bottleneck: every path from the inputs to the outputs leads through it.
 * Both parts get copies of the parameters. Not thread-safe.
 */
public final class GraphCut {
  private final ComputationGraph whole;
  private final String vertex;
  private final Set<String> lower;
  private final Set<String> upper;

  /**
   * @param whole initialised
   * @param vertex where to cut
   * @throws IllegalArgumentException if there is no such vertex, it is an output, or a path leads
   *     around it; the message names one
   */
  public GraphCut(ComputationGraph whole, String vertex) {
    this.whole = whole;
    this.vertex = vertex;
    ComputationGraphConfiguration configuration = whole.getConfiguration();
    if (!configuration.getVertices().containsKey(vertex)) {
      throw new IllegalArgumentException(
          "The graph has no vertex '%s' to be cut behind".formatted(vertex));
    }
    lower = ancestors(configuration, vertex);
    upper = new LinkedHashSet<>(configuration.getVertices().keySet());
    upper.removeAll(lower);
    if (upper.isEmpty() || !upper.containsAll(configuration.getNetworkOutputs())) {
      throw new IllegalArgumentException(
          "Nothing lies behind vertex '%s': the graph's outputs are %s"
              .formatted(vertex, configuration.getNetworkOutputs()));
    }
    for (String name : upper) {
      for (String input : configuration.getVertexInputs().get(name)) {
        if (!input.equals(vertex) && !upper.contains(input)) {
          throw new IllegalArgumentException(
              "The graph cannot be cut behind '%s': '%s' leads around it to '%s'"
                  .formatted(vertex, input, name));
        }
      }
    }
  }

  private static Set<String> ancestors(ComputationGraphConfiguration configuration, String vertex) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(vertex));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (configuration.getVertices().containsKey(name) && found.add(name)) {
        configuration.getVertexInputs().get(name).forEach(open::push);
      }
    }
    return found;
  }

  /** From the inputs to the vertex, which is the output. */
  public ComputationGraph lower() {
    return part(lower, whole.getConfiguration().getNetworkInputs(), List.of(vertex));
  }

  /** From the vertex's activation, the only input, to the outputs. */
  public ComputationGraph upper() {
    return part(upper, List.of(vertex), whole.getConfiguration().getNetworkOutputs());
  }

  private ComputationGraph part(Set<String> members, List<String> inputs, List<String> outputs) {
    // a clone, since DL4J's layers keep and change the configuration that they are made of
    ComputationGraphConfiguration from = whole.getConfiguration().clone();
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs(inputs)
            .setOutputs(outputs.toArray(String[]::new));
    for (int index : whole.topologicalSortOrder()) {
      String name = whole.getVertices()[index].getVertexName();
      if (members.contains(name)) {
        builder.addVertex(
            name,
            from.getVertices().get(name),
            from.getVertexInputs().get(name).toArray(String[]::new));
      }
    }
    ComputationGraphConfiguration configuration = builder.validateOutputLayerConfig(false).build();
    configuration.setDefaultConfiguration(from.getDefaultConfiguration());
    configuration.setDataType(from.getDataType());
    configuration.setTrainingWorkspaceMode(from.getTrainingWorkspaceMode());
    configuration.setInferenceWorkspaceMode(from.getInferenceWorkspaceMode());
    configuration.setCacheMode(from.getCacheMode());
    ComputationGraph part = new ComputationGraph(configuration);
    part.init();
    copyParameters(whole, part);
    return part;
  }

  /** Writes a part's parameters, after training it, back into the whole. */
  public void restore(ComputationGraph part) {
    copyParameters(part, whole);
  }

  /** Copies what both graphs have, by the names of vertices and parameters. */
  private static void copyParameters(ComputationGraph source, ComputationGraph target) {
    for (GraphVertex to : target.getVertices()) {
      GraphVertex from = source.getVertex(to.getVertexName());
      if (from != null && from.numParams() > 0) {
        Map<String, INDArray> values = from.paramTable(false);
        new ArrayList<>(to.paramTable(false).entrySet())
            .forEach(each -> each.getValue().assign(values.get(each.getKey())));
      }
    }
  }
}
