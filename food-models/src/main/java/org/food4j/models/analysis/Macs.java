package org.food4j.models.analysis;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Counts multiply-additions of one photo's forward pass, in convolutions and linear layers only, as
 * papers do: 1 MAC = 1 multiply-addition. Pooling, normalisation, additions and attention's
 * products of activations with activations cost none in this counting.
 */
public final class Macs {
  private Macs() {}

  /**
   * The whole network's count for one photo.
   *
   * @param inputSize height and width of the input in pixels
   * @throws IllegalArgumentException if layers with parameters have no known cost; the message
   *     names them all
   */
  public static long total(ComputationGraph graph, int inputSize) {
    return byVertex(graph, inputSize).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The counts of the vertices that have any, in topological order.
   *
   * @throws IllegalArgumentException if layers with parameters have no known cost; the message
   *     names them all
   */
  public static Map<String, Long> byVertex(ComputationGraph graph, int inputSize) {
    CountedGraph counted = CountedGraph.of(graph.getConfiguration(), inputSize);
    List<VertexCosts> unknown = counted.uncounted();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "No multiply-additions are known for "
              + unknown.stream()
                  .map(vertex -> "%s (%s)".formatted(vertex.name(), vertex.description()))
                  .collect(joining(", ")));
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counted.vertices().stream()
        .filter(vertex -> vertex.macs() > 0)
        .forEach(vertex -> counts.put(vertex.name(), vertex.macs()));
    return counts;
  }
}
