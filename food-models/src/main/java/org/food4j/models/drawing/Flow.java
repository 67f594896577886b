package org.food4j.models.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.models.analysis.VertexCosts;
import org.food4j.models.analysis.VertexKind;

/**
 * How values flow through the vertices that are drawn: which of them stand in the middle, which
 * beside it, and before which of the middle those end.
 */
final class Flow {
  private final Map<String, VertexCosts> vertices = new LinkedHashMap<>();
  private final Map<String, String> drawnFor = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final Set<String> main = new HashSet<>();
  private final Map<String, List<VertexCosts>> beside = new HashMap<>();

  /** Takes the blocks of the whole network, in order. */
  Flow(List<Block> blocks) {
    for (Block block : blocks) {
      for (List<VertexCosts> repeat : block.repeats()) {
        for (int i = 0; i < repeat.size(); i++) {
          drawnFor.put(repeat.get(i).name(), block.vertices().get(i).name());
        }
      }
      block.vertices().forEach(vertex -> vertices.put(vertex.name(), vertex));
    }
    String last = "";
    for (VertexCosts vertex : vertices.values()) {
      depths.put(vertex.name(), inputs(vertex).stream().mapToInt(depths::get).max().orElse(0) + 1);
      last = vertex.name();
    }
    for (VertexCosts at = vertices.get(last); at != null; at = before(at)) {
      main.add(at.name());
    }
    for (VertexCosts vertex : vertices.values()) {
      if (!main.contains(vertex.name())) {
        beside.computeIfAbsent(endOf(vertex), end -> new ArrayList<>()).add(vertex);
      }
    }
  }

  /** The vertices that are drawn, in order. */
  Iterable<VertexCosts> vertices() {
    return vertices.values();
  }

  /** The vertices that a vertex reads and that are drawn. */
  List<String> inputs(VertexCosts vertex) {
    return vertex.inputs().stream()
        .map(input -> drawnFor.getOrDefault(input, input))
        .filter(input -> vertices.containsKey(input) && !input.equals(vertex.name()))
        .toList();
  }

  /** The number of vertices on the longest way to it, itself among them. */
  int depth(VertexCosts vertex) {
    return depths.get(vertex.name());
  }

  /** Where a vertex stands. */
  Column column(VertexCosts vertex) {
    if (main.contains(vertex.name())) {
      return Column.MAIN;
    }
    return vertex.kind() == VertexKind.ATTENTION ? Column.BRANCH : Column.SHORTCUT;
  }

  /** The vertices of a column that end at one of the middle, in order. */
  List<VertexCosts> beside(VertexCosts end, Column column) {
    return beside.getOrDefault(end.name(), List.of()).stream()
        .filter(vertex -> column(vertex) == column)
        .toList();
  }

  /** What stands above a vertex of the middle; null at the network's input. */
  private VertexCosts before(VertexCosts vertex) {
    VertexCosts best = null;
    for (String name : inputs(vertex)) {
      VertexCosts input = vertices.get(name);
      if (best == null || isRather(vertex, input, best)) {
        best = input;
      }
    }
    return best;
  }

  /**
   * Attention weighs its first input, whatever way its factors come; else the longest way counts.
   */
  private boolean isRather(VertexCosts vertex, VertexCosts input, VertexCosts best) {
    if (vertex.kind() == VertexKind.ATTENTION) {
      return best.kind() == VertexKind.ATTENTION && input.kind() != VertexKind.ATTENTION;
    }
    return depth(input) > depth(best);
  }

  private String endOf(VertexCosts vertex) {
    String from = vertex.name();
    Set<String> reached = new HashSet<>(Set.of(from));
    for (VertexCosts later : vertices.values()) {
      if (inputs(later).stream().anyMatch(reached::contains)) {
        if (main.contains(later.name())) {
          return later.name();
        }
        reached.add(later.name());
      }
    }
    return from;
  }
}
