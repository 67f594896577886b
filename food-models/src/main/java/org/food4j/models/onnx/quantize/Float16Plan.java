package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.food4j.models.number.Float16;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorTypes;

/**
 * Which operations of a graph compute in float16.
 *
 * @param types of the graph's tensors
 * @param half first outputs of those that do
 * @param beyondRange first outputs of those that do not because of their constants
 * @param floatOperators how many of each operator with real inputs do not
 */
record Float16Plan(
    TensorTypes types,
    Set<String> half,
    Set<String> beyondRange,
    Map<String, Integer> floatOperators) {
  /** From here on a real number becomes infinite. */
  private static final float INFINITE = 65520;

  static Float16Plan of(OnnxGraph graph, Predicate<NodeProto> keepFloat) {
    TensorTypes types = TensorTypes.of(graph);
    Set<String> half = new LinkedHashSet<>();
    Set<String> beyondRange = new LinkedHashSet<>();
    Map<String, Boolean> fits = new HashMap<>();
    for (NodeProto node : graph.sorted()) {
      if (!OnnxGraph.standard(node)
          || !Float16Operators.HALF.contains(node.getOpType())
          || keepFloat.test(node)
          || !isKnown(types, node)) {
        continue;
      }
      boolean fit =
          node.getInputList().stream()
              .allMatch(input -> fits.computeIfAbsent(input, name -> fits(graph, name)));
      (fit ? half : beyondRange).add(node.getOutput(0));
    }
    leaveIslands(graph, types, half);
    Map<String, Integer> floats = new TreeMap<>();
    for (NodeProto node : graph.nodes()) {
      boolean real = node.getInputList().stream().anyMatch(input -> isFloat(types, input));
      if (real && !half.contains(node.getOutput(0))) {
        floats.merge(node.getOpType(), 1, Integer::sum);
      }
    }
    return new Float16Plan(types, half, beyondRange, floats);
  }

  /** Whether a tensor is of float32. */
  boolean isFloat(String tensor) {
    return isFloat(types, tensor);
  }

  private static boolean isFloat(TensorTypes types, String tensor) {
    return types.type(tensor).element() == DataType.FLOAT;
  }

  private static boolean isKnown(TensorTypes types, NodeProto node) {
    return node.getInputList().stream().anyMatch(input -> isFloat(types, input))
        && java.util.stream.Stream.concat(
                node.getInputList().stream(), node.getOutputList().stream())
            .filter(tensor -> !tensor.isEmpty())
            .noneMatch(tensor -> types.type(tensor).element() == DataType.UNDEFINED);
  }

  /** Whether float16 has room for a tensor's values, if they are constant. */
  private static boolean fits(OnnxGraph graph, String tensor) {
    Optional<TensorProto> constant =
        graph.constant(tensor).filter(c -> c.getDataType() == DataType.FLOAT_VALUE);
    if (constant.isEmpty()) {
      return true;
    }
    boolean zero = true;
    boolean vanishes = true;
    for (float value : OnnxTensors.floats(constant.get())) {
      if (Float.isFinite(value) && Math.abs(value) >= INFINITE) {
        return false;
      }
      zero &= value == 0;
      vanishes &= Float16.toFloat(Float16.toBits(value)) == 0;
    }
    return zero || !vanishes;
  }

  /** Takes out light operations that have only float32 around them: two casts for nothing. */
  private static void leaveIslands(OnnxGraph graph, TensorTypes types, Set<String> half) {
    List<NodeProto> nodes = graph.sorted();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (NodeProto node : nodes) {
        if (half.contains(node.getOutput(0))
            && !Float16Operators.HEAVY.contains(node.getOpType())
            && isAlone(graph, types, half, node)) {
          half.remove(node.getOutput(0));
          changed = true;
        }
      }
    }
  }

  private static boolean isAlone(
      OnnxGraph graph, TensorTypes types, Set<String> half, NodeProto node) {
    for (String input : node.getInputList()) {
      Optional<NodeProto> producer = graph.producer(input);
      if (isFloat(types, input)
          && producer.isPresent()
          && half.contains(producer.get().getOutput(0))) {
        return false;
      }
    }
    for (String output : node.getOutputList()) {
      if (isFloat(types, output)
          && graph.readers(output).stream().anyMatch(r -> half.contains(r.getOutput(0)))) {
        return false;
      }
    }
    return true;
  }
}
