package org.food4j.models.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.food4j.models.layer.ChannelScaleVertex;

/**
 * Finds the vertices that compute attention: those that weigh their first input by their second,
 * and what lies on the way from the first to the second, whatever layers it is made of.
 */
final class AttentionBranches {
  private AttentionBranches() {}

  /** The same vertices, those of attention marked as such. */
  static List<VertexCosts> marked(
      List<VertexCosts> vertices, ComputationGraphConfiguration configuration) {
    Map<String, VertexCosts> byName = new HashMap<>();
    vertices.forEach(vertex -> byName.put(vertex.name(), vertex));
    Set<String> attention = new HashSet<>();
    for (VertexCosts vertex : vertices) {
      boolean scales = configuration.getVertices().get(vertex.name()) instanceof ChannelScaleVertex;
      if (scales || isWeighing(vertex, byName)) {
        attention.add(vertex.name());
        addBranch(vertex.inputs().get(1), vertex.inputs().get(0), byName, attention);
      }
    }
    return vertices.stream()
        .map(v -> attention.contains(v.name()) ? v.as(VertexKind.ATTENTION) : v)
        .toList();
  }

  /** Whether a larger first input meets a smaller second one and keeps its shape. */
  private static boolean isWeighing(VertexCosts vertex, Map<String, VertexCosts> byName) {
    if (vertex.inputs().size() != 2 || vertex.parameters() > 0) {
      return false;
    }
    VertexCosts maps = byName.get(vertex.inputs().get(0));
    VertexCosts factors = byName.get(vertex.inputs().get(1));
    return maps != null
        && factors != null
        && maps.shape().equals(vertex.shape())
        && factors.activationBytes() < maps.activationBytes();
  }

  /** What the factors are made of and the maps are not. */
  private static void addBranch(
      String factors, String maps, Map<String, VertexCosts> byName, Set<String> attention) {
    Set<String> branch = new HashSet<>();
    addOrigins(factors, byName, branch);
    Set<String> before = new HashSet<>();
    addOrigins(maps, byName, before);
    branch.removeAll(before);
    attention.addAll(branch);
  }

  private static void addOrigins(
      String vertex, Map<String, VertexCosts> byName, Set<String> origins) {
    Deque<String> left = new ArrayDeque<>(List.of(vertex));
    while (!left.isEmpty()) {
      String name = left.pop();
      if (byName.containsKey(name) && origins.add(name)) {
        left.addAll(byName.get(name).inputs());
      }
    }
  }
}
