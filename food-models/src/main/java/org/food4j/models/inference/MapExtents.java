package org.food4j.models.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Follows the heights and widths of maps through a graph, as far as operations are known, to find
 * those that cannot be. Sizes that are not known are NaN.
 */
final class MapExtents {
  /** The runtime's own arithmetic overflows far beyond it. */
  private static final double MOST = Integer.MAX_VALUE;

  private static final Set<String> WINDOWS = Set.of("Conv", "MaxPool", "AveragePool", "LpPool");

  /** Of the size of their first input. */
  private static final Set<String> SAME =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Tanh",
          "Clip",
          "Identity",
          "Cast",
          "Dropout",
          "BatchNormalization",
          "InstanceNormalization",
          "LRN",
          "QuantizeLinear",
          "DequantizeLinear",
          "Softplus",
          "Erf",
          "Abs",
          "Neg",
          "Sqrt");

  private final Map<String, double[]> shapes = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  private MapExtents(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    graph.getInputList().forEach(input -> shapes.put(input.getName(), stated(input)));
  }

  /** The first node that makes maps of a negative size, or of one that overflows, in words. */
  static Optional<String> problem(GraphProto graph) {
    MapExtents extents = new MapExtents(graph);
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant") && node.getOutputCount() > 0) {
        OnnxAttributes.of(node)
            .find("value")
            .filter(AttributeProto::hasT)
            .ifPresent(value -> extents.constants.put(node.getOutput(0), value.getT()));
      }
      double[] shape = extents.shape(node);
      if (Arrays.stream(shape).anyMatch(extent -> extent < 0 || extent > MOST)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "node '%s' (%s) gives maps of an impossible size, %s",
                node.getName(),
                node.getOpType(),
                Arrays.toString(shape)));
      }
      if (node.getOutputCount() > 0) {
        extents.shapes.put(node.getOutput(0), shape);
      }
    }
    return Optional.empty();
  }

  private static double[] stated(ValueInfoProto value) {
    List<Dimension> dimensions = value.getType().getTensorType().getShape().getDimList();
    return dimensions.stream()
        .mapToDouble(d -> d.hasDimValue() && d.getDimValue() >= 0 ? d.getDimValue() : Double.NaN)
        .toArray();
  }

  /** The sizes of a node's first output; none if they are not known. */
  private double[] shape(NodeProto node) {
    double[] in =
        node.getInputCount() == 0
            ? new double[0]
            : shapes.getOrDefault(node.getInput(0), new double[0]);
    String operator = node.getOpType();
    if (operator.equals("Add") || operator.equals("Mul")) {
      return broadcast(node);
    }
    if (operator.equals("Concat")) {
      return joined(node);
    }
    if (SAME.contains(operator)) {
      return in;
    }
    if (operator.equals("Pad")) {
      return padded(node, in);
    }
    if (in.length != 4) {
      return new double[0];
    }
    if (WINDOWS.contains(operator)) {
      return windows(node, in);
    }
    return switch (operator) {
      case "DepthToSpace" -> scaled(in, first(node, "blocksize", 1));
      case "SpaceToDepth" -> scaled(in, 1 / first(node, "blocksize", 1));
      default -> new double[0];
    };
  }

  /** The sizes of a tensor; none if its rank is not known. */
  private Optional<double[]> sizes(String tensor) {
    if (constants.containsKey(tensor)) {
      List<Long> dimensions = constants.get(tensor).getDimsList();
      return Optional.of(dimensions.stream().mapToDouble(Long::doubleValue).toArray());
    }
    return Optional.ofNullable(shapes.get(tensor)).filter(known -> known.length > 0);
  }

  private double[] broadcast(NodeProto node) {
    if (node.getInputCount() != 2) {
      return new double[0];
    }
    Optional<double[]> first = sizes(node.getInput(0));
    Optional<double[]> second = sizes(node.getInput(1));
    if (first.isEmpty() || second.isEmpty()) {
      return new double[0];
    }
    double[] out = new double[Math.max(first.get().length, second.get().length)];
    for (int i = 0; i < out.length; i++) {
      double one = fromEnd(first.get(), out.length - i);
      double other = fromEnd(second.get(), out.length - i);
      double equal = one == other ? one : Double.NaN;
      out[i] = one == 1 ? other : other == 1 ? one : equal;
    }
    return out;
  }

  private static double fromEnd(double[] sizes, int place) {
    return place > sizes.length ? 1 : sizes[sizes.length - place];
  }

  private double[] joined(NodeProto node) {
    List<Optional<double[]>> parts = node.getInputList().stream().map(this::sizes).toList();
    if (parts.isEmpty() || parts.stream().anyMatch(Optional::isEmpty)) {
      return new double[0];
    }
    double[] out = parts.get(0).orElseThrow().clone();
    double axis = first(node, "axis", Double.NaN);
    axis = axis < 0 ? axis + out.length : axis;
    for (Optional<double[]> part : parts.subList(1, parts.size())) {
      double[] more = part.orElseThrow();
      if (more.length != out.length) {
        return new double[0];
      }
      for (int i = 0; i < out.length; i++) {
        double equal = out[i] == more[i] ? out[i] : Double.NaN;
        out[i] = i == axis ? out[i] + more[i] : equal;
      }
    }
    return out;
  }

  private static double[] scaled(double[] in, double factor) {
    return new double[] {
      in[0], in[1] / factor / factor, Math.floor(in[2] * factor), Math.floor(in[3] * factor)
    };
  }

  private double[] windows(NodeProto node, double[] in) {
    double[] out = {in[0], in[1], Double.NaN, Double.NaN};
    String automatic = OnnxAttributes.of(node).text("auto_pad", "NOTSET");
    if (automatic.startsWith("SAME")) {
      return out;
    }
    double[] kernel = ints(node, "kernel_shape", 2, Double.NaN);
    if (node.getOpType().equals("Conv") && Double.isNaN(kernel[0]) && node.getInputCount() > 1) {
      TensorProto weights = constants.get(node.getInput(1));
      if (weights != null && weights.getDimsCount() == 4) {
        kernel = new double[] {weights.getDims(2), weights.getDims(3)};
      }
    }
    double[] pads = ints(node, "pads", 4, 0);
    double[] strides = ints(node, "strides", 2, 1);
    double[] dilations = ints(node, "dilations", 2, 1);
    for (int axis = 0; axis < 2; axis++) {
      double reach = (kernel[axis] - 1) * dilations[axis] + 1;
      double room = in[2 + axis] + pads[axis] + pads[2 + axis] - reach;
      out[2 + axis] = Math.floor(room / strides[axis]) + 1;
    }
    return out;
  }

  private double[] padded(NodeProto node, double[] in) {
    TensorProto constant = node.getInputCount() > 1 ? constants.get(node.getInput(1)) : null;
    boolean axes = node.getInputCount() > 3 && !node.getInput(3).isEmpty();
    if (axes || constant == null || !(constant.hasRawData() || constant.getInt64DataCount() > 0)) {
      return new double[0];
    }
    long[] pads = OnnxTensors.integers(constant);
    if (pads.length != 2 * in.length) {
      return new double[0];
    }
    double[] out = in.clone();
    for (int axis = 0; axis < in.length; axis++) {
      out[axis] += (double) pads[axis] + pads[in.length + axis];
    }
    return out;
  }

  private static double first(NodeProto node, String name, double otherwise) {
    return OnnxAttributes.of(node).find(name).map(a -> (double) a.getI()).orElse(otherwise);
  }

  private static double[] ints(NodeProto node, String name, int count, double otherwise) {
    long[] values = OnnxAttributes.of(node).integers(name).orElse(new long[0]);
    double[] result = new double[count];
    Arrays.fill(result, otherwise);
    if (values.length == count) {
      Arrays.setAll(result, i -> values[i]);
    }
    return result;
  }
}
