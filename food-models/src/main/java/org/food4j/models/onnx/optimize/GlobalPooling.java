package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * Writes the mean and the maximum over all places of a map as global pooling, which runtimes have
 * faster and quantised kernels for.
 */
final class GlobalPooling implements GraphPass {
  private static final Set<DataType> REAL = Set.of(DataType.FLOAT, DataType.FLOAT16);

  /** One to three axes of places, which runtimes have kernels for, beside batch and channels. */
  private static final int MOST_RANK = 5;

  @Override
  public String name() {
    return "means to global pooling";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    TensorTypes types = TensorTypes.of(graph);
    for (NodeProto node : graph.nodes()) {
      if (OnnxGraph.standard(node) && node.getInputCount() > 0 && node.getOutputCount() == 1) {
        TensorType x = types.type(node.getInput(0));
        if (x.shape().size() > 2 && x.shape().size() <= MOST_RANK && REAL.contains(x.element())) {
          changes += rewrite(graph, node, x) ? 1 : 0;
        }
      }
    }
    return changes;
  }

  private static boolean rewrite(OnnxGraph graph, NodeProto node, TensorType x) {
    return switch (node.getOpType()) {
      case "ReduceMean" -> reduction(graph, node, x, "GlobalAveragePool");
      case "ReduceMax" -> reduction(graph, node, x, "GlobalMaxPool");
      case "AveragePool" -> pooling(graph, node, x, "GlobalAveragePool");
      case "MaxPool" -> pooling(graph, node, x, "GlobalMaxPool");
      default -> false;
    };
  }

  private static boolean reduction(OnnxGraph graph, NodeProto node, TensorType x, String operator) {
    int rank = x.shape().size();
    OnnxAttributes attributes = OnnxAttributes.of(node);
    Optional<long[]> axes =
        node.getInputCount() > 1 && !node.getInput(1).isEmpty()
            ? graph.constant(node.getInput(1)).map(OnnxTensors::integers)
            : attributes.integers("axes");
    long[] places = new long[rank - 2];
    Arrays.setAll(places, i -> i + 2);
    boolean all =
        axes.isPresent()
            && Arrays.equals(
                Arrays.stream(axes.get())
                    .map(axis -> axis < 0 ? axis + rank : axis)
                    .sorted()
                    .toArray(),
                places);
    if (!all) {
      return false;
    }
    replace(graph, node, operator, attributes.integer("keepdims", 1) != 0);
    return true;
  }

  /** A window as large as the map, without margins. */
  private static boolean pooling(OnnxGraph graph, NodeProto node, TensorType x, String operator) {
    OnnxAttributes attributes = OnnxAttributes.of(node);
    List<Long> kernel =
        attributes.integers("kernel_shape").stream().flatMapToLong(Arrays::stream).boxed().toList();
    boolean plain =
        Arrays.stream(attributes.integers("pads", 1, 0)).allMatch(pad -> pad == 0)
            && Arrays.stream(attributes.integers("dilations", 1, 1)).allMatch(d -> d == 1)
            && !attributes.text("auto_pad", "NOTSET").startsWith("SAME");
    if (!plain || !kernel.equals(x.shape().subList(2, x.shape().size()))) {
      return false;
    }
    replace(graph, node, operator, true);
    return true;
  }

  private static void replace(OnnxGraph graph, NodeProto node, String operator, boolean kept) {
    String input = node.getInput(0);
    NodeProto.Builder changed = node.toBuilder().clearAttribute().clearInput();
    if (kept) {
      graph.replace(node, changed.addInput(input).setOpType(operator).build());
      return;
    }
    String pooled = graph.add(node.getOutput(0) + "/pooled", OnnxNode.of(operator, input));
    NodeProto flat = changed.addInput(pooled).setOpType("Flatten").build();
    graph.replace(node, OnnxAttributes.of(flat).withInteger("axis", 1));
  }
}
