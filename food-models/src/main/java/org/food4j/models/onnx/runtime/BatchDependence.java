package org.food4j.models.onnx.runtime;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells whether what a model says of a photo depends on the others of its batch: operators that
 * quantise activations as they come ({@code DynamicQuantizeLinear}, and what ONNX Runtime fuses it
 * into) take one scale over their whole tensor, batch included. A photo with large activations then
 * makes the scale of all others coarse.
 */
public final class BatchDependence {
  /** What the names of all such operators begin with, in the standard domain and the runtime's. */
  private static final String DYNAMIC = "DynamicQuantize";

  private BatchDependence() {}

  /**
   * Whether there is such an operator in a model's graph, the bodies of its operations or its
   * functions.
   *
   * @param model may be without the values of its weights
   */
  public static boolean isIn(ModelProto model) {
    return isIn(model.getGraph().getNodeList())
        || model.getFunctionsList().stream()
            .map(FunctionProto::getNodeList)
            .anyMatch(BatchDependence::isIn);
  }

  private static boolean isIn(List<NodeProto> nodes) {
    return nodes.stream()
        .anyMatch(node -> node.getOpType().startsWith(DYNAMIC) || isInBodies(node));
  }

  private static boolean isInBodies(NodeProto node) {
    return node.getAttributeList().stream()
        .flatMap(
            attribute ->
                Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream()))
        .anyMatch(body -> isIn(body.getNodeList()));
  }
}
