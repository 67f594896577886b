package org.food4j.models.explain.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One photo through a graph to a vertex's maps, on to the logits, and back to the maps: what DL4J's
 * own backward pass computes on its way to the weights and keeps to itself.
 *
 * <p>Vertices before the explained one run as at inference. Those behind it run as in training, so
 * that the backward pass finds what it needs, on an {@link InferenceCopy}, where both compute the
 * same function. Not thread-safe.
 */
final class ReverseSweep {
  private static final LayerWorkspaceMgr DETACHED = LayerWorkspaceMgr.noWorkspaces();

  private final ComputationGraph graph;
  private final int logits;

  /**
   * @param graph with one input; swept on a copy
   * @param logits the vertex whose activation is the logits
   */
  ReverseSweep(ComputationGraph graph, String logits) {
    this.graph = InferenceCopy.of(graph);
    this.graph.initGradientsView();
    this.logits = this.graph.getVertex(logits).getVertexIndex();
  }

  /**
   * What a sweep gives.
   *
   * @param maps {@code [1, height, width, channels]}, the vertex's activation
   * @param gradient of the logit with respect to it, of the same shape
   */
  record Swept(INDArray maps, INDArray gradient) {}

  /**
   * Sweeps.
   *
   * @param photo {@code [1, 3, size, size]}; not modified
   * @param label index of the logit
   * @throws IllegalArgumentException if the logits do not depend on the vertex
   */
  Swept run(INDArray photo, String vertex, int label) {
    int explained = graph.getVertex(vertex).getVertexIndex();
    Set<Integer> behind = behind(vertex);
    if (!behind.contains(logits)) {
      throw new IllegalArgumentException(
          "The logits do not depend on \"%s\": name a vertex on the way to them".formatted(vertex));
    }
    try {
      graph.setInput(0, photo); // preprocessors ask the graph for its batch
      Map<Integer, INDArray> kept = forward(photo, explained, behind);
      INDArray seed = Nd4j.zerosLike(kept.get(logits));
      seed.putScalar(0, label, 1);
      return new Swept(kept.get(explained), backward(seed, explained, behind));
    } finally {
      for (GraphVertex each : graph.getVertices()) {
        each.clear();
      }
      graph.clear();
    }
  }

  /** The vertices whose values follow from a vertex's. */
  private Set<Integer> behind(String vertex) {
    Map<String, List<String>> inputs = graph.getConfiguration().getVertexInputs();
    Set<String> names = new HashSet<>(Set.of(vertex));
    Set<Integer> behind = new HashSet<>();
    for (int index : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[index].getVertexName();
      if (inputs.getOrDefault(name, List.of()).stream().anyMatch(names::contains)) {
        names.add(name);
        behind.add(index);
      }
    }
    return behind;
  }

  /** The activations of the explained vertex and of the logits. */
  private Map<Integer, INDArray> forward(INDArray photo, int explained, Set<Integer> behind) {
    Map<Integer, INDArray> kept = new HashMap<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      INDArray output =
          vertex.isInputVertex() ? photo : vertex.doForward(behind.contains(index), DETACHED);
      if (index == explained || index == logits) {
        kept.put(index, output.dup('c')); // a layer may write over its input
      }
      if (index == logits) {
        break; // what follows is a loss
      }
      for (VertexIndices reader : vertex.getOutputVertices()) {
        graph.getVertices()[reader.getVertexIndex()].setInput(
            reader.getVertexEdgeNumber(), output, DETACHED);
      }
    }
    return kept;
  }

  private INDArray backward(INDArray seed, int explained, Set<Integer> behind) {
    Map<Integer, INDArray> gradients = new HashMap<>(Map.of(logits, seed));
    int[] order = graph.topologicalSortOrder();
    for (int i = order.length - 1; order[i] != explained; i--) {
      INDArray gradient = gradients.remove(order[i]);
      if (gradient == null) {
        continue; // not between the explained vertex and the logits
      }
      GraphVertex vertex = graph.getVertices()[order[i]];
      vertex.setEpsilon(gradient);
      INDArray[] back = vertex.doBackward(false, DETACHED).getSecond();
      for (int input = 0; input < back.length; input++) {
        int source = vertex.getInputVertices()[input].getVertexIndex();
        if (source == explained || behind.contains(source)) {
          gradients.merge(source, back[input], INDArray::add);
        }
      }
    }
    return gradients.get(explained).dup('c');
  }
}
