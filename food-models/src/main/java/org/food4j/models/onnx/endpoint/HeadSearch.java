package org.food4j.models.onnx.endpoint;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/** Looks for a classifier's last layer and the pooling before it, from the outputs upwards. */
final class HeadSearch {
  /** What may stand between the last layer and the output. */
  private static final Set<String> AFTER = Set.of("Identity", "Softmax", "LogSoftmax", "Cast");

  /** What may stand between pooling and the last layer: nothing that changes a value. */
  private static final Set<String> BETWEEN =
      Set.of("Identity", "Dropout", "Flatten", "Reshape", "Squeeze");

  private static final Set<Long> POSITIONS = Set.of(2L, 3L);

  private HeadSearch() {}

  /**
   * The last layer.
   *
   * @param features the tensor that it reads
   * @param weights {@code [channels, classes]}
   * @param transposed whether the weights are {@code [classes, channels]} instead
   */
  record Found(String features, TensorProto weights, boolean transposed) {}

  static Optional<Found> lastLayer(OnnxGraph graph, String output) {
    Optional<NodeProto> last = upwards(graph, output, AFTER);
    if (last.isPresent() && is(last.get(), "Add")) {
      last = beforeBias(graph, last.get());
    }
    return last.filter(node -> is(node, "MatMul") || isPlainGemm(node))
        .flatMap(node -> layer(graph, node));
  }

  /** The matrix product that a constant is added to. */
  private static Optional<NodeProto> beforeBias(OnnxGraph graph, NodeProto add) {
    for (int i = 0; i < 2 && add.getInputCount() == 2; i++) {
      Optional<NodeProto> product =
          graph.producer(add.getInput(i)).filter(node -> is(node, "MatMul"));
      if (product.isPresent() && graph.constant(add.getInput(1 - i)).isPresent()) {
        return product;
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> layer(OnnxGraph graph, NodeProto node) {
    return graph
        .constant(node.getInput(1))
        .filter(weights -> weights.getDimsCount() == 2)
        .map(weights -> new Found(node.getInput(0), weights, isSet(node, "transB")));
  }

  private static boolean isPlainGemm(NodeProto node) {
    return is(node, "Gemm")
        && !isSet(node, "transA")
        && OnnxAttributes.of(node).real("alpha", 1) == 1;
  }

  /** The pooling whose result, perhaps in another shape, a tensor is. */
  static Optional<NodeProto> pooling(OnnxGraph graph, String features) {
    return upwards(graph, features, BETWEEN)
        .filter(
            node ->
                is(node, "GlobalAveragePool")
                    || (is(node, "ReduceMean") && axes(graph, node).equals(POSITIONS)));
  }

  /** Their numbers since opset 18 are an input. */
  private static Set<Long> axes(OnnxGraph graph, NodeProto node) {
    Optional<long[]> axes =
        node.getInputCount() > 1
            ? graph.constant(node.getInput(1)).map(OnnxTensors::integers)
            : OnnxAttributes.of(node).integers("axes");
    return Arrays.stream(axes.orElse(new long[0]))
        .mapToObj(axis -> axis < 0 ? axis + 4 : axis)
        .collect(Collectors.toSet());
  }

  private static Optional<NodeProto> upwards(OnnxGraph graph, String tensor, Set<String> through) {
    Optional<NodeProto> node = graph.producer(tensor);
    while (node.isPresent()
        && OnnxGraph.standard(node.get())
        && through.contains(node.get().getOpType())
        && node.get().getInputCount() > 0) {
      node = graph.producer(node.get().getInput(0));
    }
    return node;
  }

  private static boolean is(NodeProto node, String operator) {
    return OnnxGraph.standard(node) && node.getOpType().equals(operator);
  }

  private static boolean isSet(NodeProto node, String flag) {
    return OnnxAttributes.of(node).integer(flag, 0) != 0;
  }
}
