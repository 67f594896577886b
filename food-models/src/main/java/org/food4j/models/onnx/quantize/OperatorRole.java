package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * How an operation is quantised: those that ONNX Runtime has an integer kernel for on the CPU, in
 * the form that it recognises.
 */
enum OperatorRole {
  /** Multiplies its first input with constant weights and adds a constant bias, if any. */
  WEIGHTED,
  /** Computes with all its inputs as integers. */
  COMPUTING,
  /** Clips to a range from 0; done by the quantisation of its output where it follows another. */
  CLIPPING,
  /** Moves or picks numbers: its output has the scale of its first input. */
  PASSING;

  private static final Map<String, OperatorRole> ROLES =
      Map.ofEntries(
          Map.entry("Conv", WEIGHTED),
          Map.entry("Gemm", WEIGHTED),
          Map.entry("MatMul", WEIGHTED),
          Map.entry("Add", COMPUTING),
          Map.entry("Mul", COMPUTING),
          Map.entry("Concat", COMPUTING),
          Map.entry("Sigmoid", COMPUTING),
          Map.entry("LeakyRelu", COMPUTING),
          Map.entry("AveragePool", COMPUTING),
          Map.entry("GlobalAveragePool", COMPUTING),
          Map.entry("Relu", CLIPPING),
          Map.entry("Clip", CLIPPING),
          Map.entry("MaxPool", PASSING),
          Map.entry("Reshape", PASSING),
          Map.entry("Flatten", PASSING),
          Map.entry("Transpose", PASSING),
          Map.entry("Squeeze", PASSING),
          Map.entry("Unsqueeze", PASSING),
          Map.entry("Slice", PASSING),
          Map.entry("Resize", PASSING));

  private static final Set<String> ALL_INPUTS = Set.of("Add", "Mul", "Concat");

  /** The role of an operation; none if it stays float. */
  static Optional<OperatorRole> of(OnnxGraph graph, NodeProto node) {
    if (!OnnxGraph.standard(node) || node.getInputCount() == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(ROLES.get(node.getOpType())).filter(role -> understood(graph, node));
  }

  private static boolean understood(OnnxGraph graph, NodeProto node) {
    if (node.getOutputCount() != 1 || graph.constant(node.getInput(0)).isPresent()) {
      return ALL_INPUTS.contains(node.getOpType()) && node.getOutputCount() == 1;
    }
    return switch (node.getOpType()) {
      case "Conv" -> weights(graph, node, 3, Integer.MAX_VALUE) && bias(graph, node);
      case "MatMul" -> weights(graph, node, 2, 2);
      case "Gemm" ->
          weights(graph, node, 2, 2)
              && bias(graph, node)
              && OnnxAttributes.of(node).integer("transA", 0) == 0
              && OnnxAttributes.of(node).real("alpha", 1) == 1
              && OnnxAttributes.of(node).real("beta", 1) == 1;
      case "Clip" -> clip(graph, node).filter(range -> range.min() == 0).isPresent();
      case "Resize" -> OnnxAttributes.of(node).text("mode", "nearest").equals("nearest");
      default -> true;
    };
  }

  private static boolean weights(OnnxGraph graph, NodeProto node, int leastRank, int mostRank) {
    return graph
        .constant(node.getInput(1))
        .filter(w -> OnnxTensors.type(w) == DataType.FLOAT)
        .filter(w -> w.getDimsCount() >= leastRank && w.getDimsCount() <= mostRank)
        .filter(w -> OnnxTensors.count(w) > 0)
        .isPresent();
  }

  private static boolean bias(OnnxGraph graph, NodeProto node) {
    if (!hasBias(node)) {
      return true;
    }
    long channels =
        OnnxTensors.shape(graph.constant(node.getInput(1)).orElseThrow())[weightAxis(node)];
    return graph
        .constant(node.getInput(2))
        .filter(b -> OnnxTensors.type(b) == DataType.FLOAT)
        .filter(b -> b.getDimsCount() == 1 && b.getDims(0) == channels)
        .isPresent();
  }

  static boolean hasBias(NodeProto node) {
    return node.getInputCount() > 2 && !node.getInput(2).isEmpty();
  }

  /** The axis of a weighted operation's weights that counts its output's channels. */
  static int weightAxis(NodeProto node) {
    return switch (node.getOpType()) {
      case "Conv" -> 0;
      case "Gemm" -> OnnxAttributes.of(node).integer("transB", 0) == 0 ? 1 : 0;
      default -> 1;
    };
  }

  /** The range that a {@code Clip} or {@code Relu} leaves; none if it is not constant. */
  static Optional<Range> clip(OnnxGraph graph, NodeProto node) {
    if (node.getOpType().equals("Relu")) {
      return Optional.of(new Range(0, Float.MAX_VALUE));
    }
    Optional<Float> min = bound(graph, node, 1, "min", -Float.MAX_VALUE);
    Optional<Float> max = bound(graph, node, 2, "max", Float.MAX_VALUE);
    return min.flatMap(low -> max.filter(high -> high >= low).map(high -> new Range(low, high)));
  }

  private static Optional<Float> bound(
      OnnxGraph graph, NodeProto node, int input, String attribute, float absent) {
    if (node.getInputCount() > input && !node.getInput(input).isEmpty()) {
      return graph
          .constant(node.getInput(input))
          .filter(t -> OnnxTensors.type(t) == DataType.FLOAT && OnnxTensors.count(t) == 1)
          .map(OnnxTensors::floats)
          .map(values -> values[0])
          .filter(Float::isFinite);
    }
    return Optional.of(OnnxAttributes.of(node).real(attribute, absent));
  }

  /** Places of the inputs that hold activations, or constants that take part like activations. */
  List<Integer> activations(NodeProto node) {
    if (ALL_INPUTS.contains(node.getOpType())) {
      return IntStream.range(0, node.getInputCount()).boxed().toList();
    }
    return List.of(0);
  }

  /** Whether a constant can take part in a quantised operation. */
  static boolean real(TensorProto constant) {
    if (OnnxTensors.type(constant) != DataType.FLOAT || OnnxTensors.count(constant) == 0) {
      return false;
    }
    for (float value : OnnxTensors.floats(constant)) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
