package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Raises the operator set of a model that is a little too old to say what quantisation needs: a
 * scale for each channel came with opset 13.
 */
final class OpsetRaise {
  /** The oldest that is understood. */
  static final int LEAST = 11;

  static final int NEEDED = 13;

  /** IR version that goes with opset 13. */
  private static final int LEAST_IR_VERSION = 7;

  /** What means something else, or is written otherwise, in opset 13 than in 11 or 12. */
  private static final Set<String> CHANGED =
      Set.of(
          "Softmax",
          "LogSoftmax",
          "Hardmax",
          "Squeeze",
          "Unsqueeze",
          "ReduceSum",
          "Split",
          "If",
          "Loop",
          "Scan",
          "Dropout");

  private OpsetRaise() {}

  /**
   * The model in an opset of at least {@value #NEEDED}.
   *
   * @throws IllegalArgumentException if it is older than {@value #LEAST}, or has operations that
   *     would change their meaning
   */
  static ModelProto toQuantizable(ModelProto model) {
    int opset = OnnxGraph.of(model).opset();
    if (opset >= NEEDED) {
      return model;
    }
    Set<String> changed = new TreeSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (CHANGED.contains(node.getOpType())) {
        changed.add(node.getOpType());
      }
    }
    if (opset < LEAST || !changed.isEmpty()) {
      throw new IllegalArgumentException(
          "The model is of opset %d, and quantisation needs %d%s: export it again with a newer opset"
              .formatted(
                  opset,
                  NEEDED,
                  changed.isEmpty() ? "" : "; in between %s changed".formatted(changed)));
    }
    ModelProto.Builder raised = model.toBuilder().clearOpsetImport();
    List<OperatorSetIdProto> sets = model.getOpsetImportList();
    for (OperatorSetIdProto set : sets) {
      boolean standard = set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
      raised.addOpsetImport(standard ? set.toBuilder().setVersion(NEEDED).build() : set);
    }
    return raised.setIrVersion(Math.max(LEAST_IR_VERSION, model.getIrVersion())).build();
  }
}
