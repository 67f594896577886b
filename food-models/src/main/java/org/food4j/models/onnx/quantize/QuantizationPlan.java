package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Which operations of a graph compute with integers, and which tensors therefore pass through
 * integers: around each operation the whole group that ONNX Runtime fuses, and nothing inside it.
 * Operations are known by their first output.
 */
final class QuantizationPlan {
  private final OnnxGraph graph;
  private final Map<String, OperatorRole> roles = new HashMap<>();
  private final Set<String> tensors = new LinkedHashSet<>();
  private final Map<String, String> sharing = new HashMap<>();

  /**
   * Plans the quantisation of a graph, which stays as it is.
   *
   * @param keepFloat operations that do not take part
   */
  QuantizationPlan(OnnxGraph graph, Predicate<NodeProto> keepFloat) {
    this.graph = graph;
    List<NodeProto> sorted = graph.sorted();
    for (NodeProto node : sorted) {
      if (!keepFloat.test(node)) {
        OperatorRole.of(graph, node)
            .filter(role -> role == OperatorRole.WEIGHTED || followsIntegers(role, node))
            .ifPresent(role -> roles.put(node.getOutput(0), role));
      }
    }
    dropTail(sorted);
    for (NodeProto node : sorted) {
      role(node).ifPresent(role -> addTensors(node, role));
    }
  }

  /**
   * All tensors that some plan for the graph may want to know the range of.
   *
   * @param keepFloat operations that take part in none
   */
  static Set<String> candidates(OnnxGraph graph, Predicate<NodeProto> keepFloat) {
    Set<String> candidates = new LinkedHashSet<>();
    for (NodeProto node : graph.sorted()) {
      Optional.of(node)
          .filter(keepFloat.negate())
          .flatMap(kept -> OperatorRole.of(graph, kept))
          .ifPresent(
              role -> {
                role.activations(node).forEach(input -> candidates.add(node.getInput(input)));
                candidates.add(node.getOutput(0));
              });
    }
    candidates.removeIf(tensor -> graph.constant(tensor).isPresent());
    return candidates;
  }

  /** What follows no integers would only be rounded, and might not be of real numbers at all. */
  private boolean followsIntegers(OperatorRole role, NodeProto node) {
    List<Integer> inputs = role.activations(node);
    boolean follows = inputs.stream().anyMatch(i -> made(node.getInput(i)).isPresent());
    return follows
        && inputs.stream()
            .map(i -> graph.constant(node.getInput(i)))
            .flatMap(Optional::stream)
            .allMatch(OperatorRole::real);
  }

  /** What comes after the last weights stays float: it costs nothing, and makes the answer. */
  private void dropTail(List<NodeProto> sorted) {
    for (int i = sorted.size() - 1; i >= 0; i--) {
      NodeProto node = sorted.get(i);
      Optional<OperatorRole> role = role(node);
      if (role.isEmpty() || role.get() == OperatorRole.WEIGHTED) {
        continue;
      }
      boolean endsConvolution =
          role.get() == OperatorRole.CLIPPING
              && graph.producer(node.getInput(0)).filter(this::outputsIntegers).isPresent();
      if (!endsConvolution && !isReadAsIntegers(node.getOutput(0))) {
        roles.remove(node.getOutput(0));
      }
    }
  }

  private boolean outputsIntegers(NodeProto node) {
    return role(node).filter(role -> role == OperatorRole.WEIGHTED).isPresent()
        && node.getOpType().equals("Conv");
  }

  private void addTensors(NodeProto node, OperatorRole role) {
    for (int input : role.activations(node)) {
      String tensor = node.getInput(input);
      if (graph.constant(tensor).isEmpty() && !isFolded(tensor)) {
        tensors.add(tensor);
      }
    }
    String output = node.getOutput(0);
    if (isFolded(output)) {
      return;
    }
    // a matrix product can hand over its sums as they are
    boolean sums = role == OperatorRole.WEIGHTED && !node.getOpType().equals("Conv");
    if (!sums || isReadAsIntegers(output)) {
      tensors.add(output);
      if (role == OperatorRole.PASSING) {
        share(node.getInput(0), output);
      }
    }
    if (node.getOpType().equals("Concat")) {
      node.getInputList().stream().filter(this::isOnlyForConcat).forEach(t -> share(t, output));
    }
  }

  private boolean isOnlyForConcat(String tensor) {
    return graph.readers(tensor).size() == 1
        && !graph.isOutput(tensor)
        && made(tensor).filter(role -> role != OperatorRole.PASSING).isPresent();
  }

  private boolean isReadAsIntegers(String tensor) {
    return graph.readers(tensor).stream().anyMatch(reader -> role(reader).isPresent());
  }

  /** Whether a tensor goes from an operation into the clipping that its quantisation does. */
  private boolean isFolded(String tensor) {
    List<NodeProto> readers = graph.readers(tensor);
    return readers.size() == 1
        && !graph.isOutput(tensor)
        && role(readers.get(0)).filter(role -> role == OperatorRole.CLIPPING).isPresent()
        && made(tensor)
            .filter(role -> role == OperatorRole.WEIGHTED || role == OperatorRole.COMPUTING)
            .isPresent();
  }

  /** How the operation that makes a tensor is quantised; none if it is not. */
  Optional<OperatorRole> made(String tensor) {
    return graph.producer(tensor).flatMap(this::role);
  }

  /** How an operation is quantised; none if it stays float. */
  Optional<OperatorRole> role(NodeProto node) {
    return node.getOutputCount() == 0
        ? Optional.empty()
        : Optional.ofNullable(roles.get(node.getOutput(0)));
  }

  /** The tensors that pass through integers, in the order of computation. */
  Set<String> tensors() {
    return new LinkedHashSet<>(tensors);
  }

  /** The tensors that pass through integers, in lists of those that have one scale. */
  List<List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String tensor : tensors) {
      groups.computeIfAbsent(root(tensor), root -> new ArrayList<>()).add(tensor);
    }
    return List.copyOf(groups.values());
  }

  private void share(String one, String other) {
    if (!root(one).equals(root(other))) {
      sharing.put(root(other), root(one));
    }
  }

  private String root(String tensor) {
    String root = tensor;
    while (sharing.containsKey(root)) {
      root = sharing.get(root);
    }
    return root;
  }
}
