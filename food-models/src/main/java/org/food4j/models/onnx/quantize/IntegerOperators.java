package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Set;

/** Operators that only quantised models have. */
final class IntegerOperators {
  private static final Set<String> ALL =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear",
          "QLinearConv",
          "QLinearMatMul",
          "ConvInteger",
          "MatMulInteger");

  private IntegerOperators() {}

  /**
   * Refuses a model that is quantised already: what it lost once would be lost for good, and the
   * result's history would tell another form than the file has.
   *
   * @throws IllegalArgumentException if it is, with an operation that shows it
   */
  static void refuse(ModelProto model) {
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (ALL.contains(node.getOpType())) {
        throw new IllegalArgumentException(
            "The model is quantised already (operation '%s'): quantise the float32 model that it was made of"
                .formatted(node.getOpType()));
      }
    }
  }
}
