package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Refuses weights that no other numbers stand for. An infinite weight would make the scale of its
 * channel infinite, and NaN one that is none: the file would be written, and answer nonsense.
 */
final class FiniteWeights {
  /** The rest is counted: of a network whose training diverged, it is every tensor. */
  private static final int NAMED = 5;

  private FiniteWeights() {}

  /**
   * Checks weights and biases of convolutions and matrix products.
   *
   * @param keepFloat operations that keep their weights whatever they are
   * @throws IllegalArgumentException if some are NaN or infinite, with the names of the tensors and
   *     of the operations that read them
   */
  static void require(OnnxGraph graph, Predicate<NodeProto> keepFloat) {
    List<String> broken = new ArrayList<>();
    for (NodeProto node : graph.sorted()) {
      if (!OnnxGraph.standard(node)
          || !Float16Operators.HEAVY.contains(node.getOpType())
          || keepFloat.test(node)) {
        continue;
      }
      for (String input : node.getInputList()) {
        Optional<TensorProto> constant =
            graph.constant(input).filter(c -> OnnxTensors.type(c) == DataType.FLOAT);
        constant.flatMap(tensor -> problem(tensor, node)).ifPresent(broken::add);
      }
    }
    if (!broken.isEmpty()) {
      String more = broken.size() > NAMED ? " and %d more".formatted(broken.size() - NAMED) : "";
      throw new IllegalArgumentException(
          "NaN or infinity is among the weights, which no integers and no float16 stand for: %s%s. Training diverged or the file is damaged: take an earlier checkpoint, or keep these operations float"
              .formatted(
                  String.join(", ", broken.subList(0, Math.min(NAMED, broken.size()))), more));
    }
  }

  private static Optional<String> problem(TensorProto weights, NodeProto node) {
    float[] values = OnnxTensors.floats(weights);
    int notFinite = 0;
    for (float value : values) {
      notFinite += Float.isFinite(value) ? 0 : 1;
    }
    return notFinite == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d values of '%s' (%s '%s')"
                .formatted(
                    notFinite,
                    values.length,
                    weights.getName(),
                    node.getOpType(),
                    node.getName().isEmpty() ? node.getOutput(0) : node.getName()));
  }
}
