package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * Takes out nodes that hand on their input as it is: Identity, Dropout at inference, casts to the
 * same type, transpositions, reshapes, paddings and poolings that change nothing.
 */
final class NoOperation implements GraphPass {
  private static final Set<String> OF_ONE = Set.of("Concat", "Sum", "Mean", "Max", "Min");

  @Override
  public String name() {
    return "drop no-ops";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    TensorTypes types = TensorTypes.of(graph);
    for (NodeProto listed : graph.nodes()) {
      // a bypass before may have changed what this node reads or is named
      Optional<NodeProto> node = graph.producer(listed.getOutput(0));
      if (node.isPresent()
          && OnnxGraph.standard(node.get())
          && node.get().getInputCount() > 0
          && changesNothing(graph, types, node.get())
          && graph.bypass(node.get(), node.get().getInput(0))) {
        changes++;
      }
    }
    return changes;
  }

  private static boolean changesNothing(OnnxGraph graph, TensorTypes types, NodeProto node) {
    OnnxAttributes attributes = OnnxAttributes.of(node);
    TensorType input = types.type(node.getInput(0));
    return switch (node.getOpType()) {
      case "Identity" -> true;
      case "Dropout" -> isInference(graph, node);
      case "Cast" ->
          input.element() != DataType.UNDEFINED
              && input.element().getNumber() == attributes.integer("to", 0);
      case "Transpose" -> isAscending(attributes.integers("perm"));
      case "Reshape" -> keepsShape(graph, types, node);
      case "Flatten" -> input.hasRank(2) && attributes.integer("axis", 1) == 1;
      case "Expand" -> isFixedAlike(types, node);
      case "Pad" -> padsNothing(graph, node);
      case "AveragePool", "MaxPool" -> poolsSinglePlaces(node, attributes);
      case "Add", "Sub" -> isNeutral(graph, types, node, 0);
      case "Mul", "Div" -> isNeutral(graph, types, node, 1);
      case "Relu" -> isNeverNegative(graph, node.getInput(0));
      default -> OF_ONE.contains(node.getOpType()) && node.getInputCount() == 1;
    };
  }

  private static boolean isInference(OnnxGraph graph, NodeProto node) {
    boolean masked =
        node.getOutputList().stream()
            .skip(1)
            .anyMatch(mask -> !graph.readers(mask).isEmpty() || graph.isOutput(mask));
    if (masked || graph.opset() < 7) {
      return false;
    }
    if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
      return true;
    }
    return graph
        .constant(node.getInput(2))
        .filter(mode -> mode.getDataType() == DataType.BOOL_VALUE)
        .map(
            mode ->
                mode.hasRawData()
                    ? mode.getRawData().byteAt(0) == 0
                    : mode.getInt32DataCount() == 1 && mode.getInt32Data(0) == 0)
        .orElse(false);
  }

  private static boolean isAscending(Optional<long[]> axes) {
    if (axes.isEmpty()) {
      return false; // reverses them
    }
    for (int i = 0; i < axes.get().length; i++) {
      if (axes.get()[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** With all dimensions but one known to stay, the last one follows from the number of values. */
  private static boolean keepsShape(OnnxGraph graph, TensorTypes types, NodeProto node) {
    TensorType input = types.type(node.getInput(0));
    Optional<long[]> wanted = constant(graph, node, 1).map(OnnxTensors::integers);
    if (wanted.isEmpty()
        || !input.hasRank(wanted.get().length)
        || OnnxAttributes.of(node).integer("allowzero", 0) != 0) {
      return false;
    }
    int open = 0;
    for (int i = 0; i < wanted.get().length; i++) {
      long size = wanted.get()[i];
      if (size != 0 && size != input.shape().get(i) || size == TensorType.FREE) {
        open++;
        if (size != TensorType.FREE) {
          return false;
        }
      }
    }
    return open <= 1;
  }

  private static boolean isFixedAlike(TensorTypes types, NodeProto node) {
    TensorType output = types.type(node.getOutput(0));
    return output.isFixed() && output.equals(types.type(node.getInput(0)));
  }

  private static boolean padsNothing(OnnxGraph graph, NodeProto node) {
    return constant(graph, node, 1)
        .map(OnnxTensors::integers)
        .map(pads -> Arrays.stream(pads).allMatch(pad -> pad == 0))
        .orElse(false);
  }

  private static boolean poolsSinglePlaces(NodeProto node, OnnxAttributes attributes) {
    Optional<long[]> kernel = attributes.integers("kernel_shape");
    return kernel.isPresent()
        && node.getOutputCount() == 1
        && Arrays.stream(kernel.get()).allMatch(size -> size == 1)
        && Arrays.stream(attributes.integers("strides", 1, 1)).allMatch(stride -> stride == 1)
        && Arrays.stream(attributes.integers("pads", 1, 0)).allMatch(pad -> pad == 0);
  }

  /** Adds 0 or multiplies by 1, in a shape that cannot enlarge the input. */
  private static boolean isNeutral(
      OnnxGraph graph, TensorTypes types, NodeProto node, float neutral) {
    Optional<TensorProto> constant = constant(graph, node, 1);
    TensorType input = types.type(node.getInput(0));
    if (constant.isEmpty()
        || constant.get().getDataType() != DataType.FLOAT_VALUE
        || !input.ranked()
        || constant.get().getDimsCount() > input.shape().size()) {
      return false;
    }
    int missing = input.shape().size() - constant.get().getDimsCount();
    for (int i = 0; i < constant.get().getDimsCount(); i++) {
      long size = constant.get().getDims(i);
      if (size != 1 && size != input.shape().get(i + missing)) {
        return false;
      }
    }
    for (float value : OnnxTensors.floats(constant.get())) {
      if (value != neutral) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNeverNegative(OnnxGraph graph, String tensor) {
    return graph
        .producer(tensor)
        .filter(OnnxGraph::standard)
        .map(NodeProto::getOpType)
        .filter(Set.of("Relu", "Sigmoid", "HardSigmoid", "Softmax", "Softplus", "Exp")::contains)
        .isPresent();
  }

  private static Optional<TensorProto> constant(OnnxGraph graph, NodeProto node, int index) {
    return index < node.getInputCount() && !node.getInput(index).isEmpty()
        ? graph.constant(node.getInput(index))
        : Optional.empty();
  }
}
