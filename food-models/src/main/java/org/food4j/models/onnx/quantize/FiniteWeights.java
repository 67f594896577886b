package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Refuses weights that no other numbers stand for. NaN is refused wherever it is: the network
 * answers nonsense, in any form. Infinity may be meant, as it is in a mask, and is refused where
 * weights of a product change their numbers, whose scale it would make infinite. What is refused
 * has the name that it has in the user's file: folding gives weights others. Immutable.
 */
final class FiniteWeights {
  /** The rest is counted: of a network whose training diverged, it is every tensor. */
  private static final int NAMED = 5;

  private static final Fault NOT_A_NUMBER = Float::isNaN;
  private static final Fault NOT_FINITE = value -> !Float.isFinite(value);

  private final OnnxGraph source;

  private FiniteWeights(OnnxGraph source) {
    this.source = source;
  }

  /** What is wrong with a value. */
  private interface Fault {
    boolean isIn(float value);
  }

  /**
   * Checks a model as it was given for NaN.
   *
   * @param source not to be changed any more
   * @param keepFloat operations whose constants are left alone where no others read them
   * @throws IllegalArgumentException if a float32 constant holds NaN, with its name and that of an
   *     operation that reads it
   */
  static FiniteWeights of(OnnxGraph source, Predicate<NodeProto> keepFloat) {
    List<String> broken = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeProto node : source.sorted()) {
      if (keepFloat.test(node)) {
        continue;
      }
      for (String input : node.getInputList()) {
        if (seen.add(input)) {
          real(source, input)
              .flatMap(constant -> problem(constant, node, NOT_A_NUMBER))
              .ifPresent(broken::add);
        }
      }
    }
    refuse("NaN", broken);
    return new FiniteWeights(source);
  }

  /**
   * Checks the constants that change their numbers.
   *
   * @param graph the model with what was folded into its weights
   * @param changing the tensors that change for an operation's sake
   * @throws IllegalArgumentException if some are NaN or infinite, with the names of the constants
   *     in the source that make them so
   */
  void require(OnnxGraph graph, Function<NodeProto, List<String>> changing) {
    Set<String> broken = new LinkedHashSet<>();
    for (NodeProto node : graph.sorted()) {
      for (String tensor : changing.apply(node)) {
        Optional<TensorProto> weights =
            real(graph, tensor).filter(constant -> count(constant, NOT_FINITE) > 0);
        if (weights.isPresent()) {
          broken.addAll(origins(node, weights.get()));
        }
      }
    }
    refuse("NaN or infinity", broken);
  }

  /** The nearest of the source's constants between an operation's input and its output. */
  private List<String> origins(NodeProto node, TensorProto weights) {
    Set<String> found = new LinkedHashSet<>();
    real(source, weights.getName())
        .flatMap(constant -> problem(constant, node, NOT_FINITE))
        .ifPresent(found::add);
    Set<String> seen = new HashSet<>(Set.of(node.getInput(0)));
    Deque<String> open = new ArrayDeque<>(List.of(node.getOutput(0), weights.getName()));
    while (found.isEmpty() && !open.isEmpty()) {
      source
          .producer(open.remove())
          .ifPresent(
              maker ->
                  maker.getInputList().stream()
                      .filter(seen::add)
                      .peek(open::add)
                      .flatMap(input -> real(source, input).stream())
                      .flatMap(constant -> problem(constant, maker, NOT_FINITE).stream())
                      .forEach(found::add));
    }
    if (found.isEmpty()) {
      found.add(
          "%d of %d weights of %s, once the operations around it are folded into them"
              .formatted(count(weights, NOT_FINITE), OnnxTensors.count(weights), named(node)));
    }
    return List.copyOf(found);
  }

  private static void refuse(String what, Collection<String> broken) {
    if (!broken.isEmpty()) {
      String more = broken.size() > NAMED ? " and %d more".formatted(broken.size() - NAMED) : "";
      throw new IllegalArgumentException(
          "%s is among the weights: %s%s. Training diverged or the file is damaged: take an earlier checkpoint, or keep these operations float"
              .formatted(what, String.join(", ", broken.stream().limit(NAMED).toList()), more));
    }
  }

  private static Optional<TensorProto> real(OnnxGraph graph, String tensor) {
    return graph.constant(tensor).filter(c -> OnnxTensors.type(c) == DataType.FLOAT);
  }

  private static int count(TensorProto weights, Fault fault) {
    int count = 0;
    for (float value : OnnxTensors.floats(weights)) {
      count += fault.isIn(value) ? 1 : 0;
    }
    return count;
  }

  private static Optional<String> problem(TensorProto weights, NodeProto node, Fault fault) {
    int count = count(weights, fault);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d values of '%s' (%s)"
                .formatted(count, OnnxTensors.count(weights), weights.getName(), named(node)));
  }

  private static String named(NodeProto node) {
    return "%s '%s'"
        .formatted(node.getOpType(), node.getName().isEmpty() ? node.getOutput(0) : node.getName());
  }
}
