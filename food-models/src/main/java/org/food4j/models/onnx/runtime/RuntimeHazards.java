package org.food4j.models.onnx.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.TensorTypes;

/**
 * Refuses models that are known to end the process when ONNX Runtime 1.28 loads them: a convolution
 * of no groups divides by zero, and cutting from maps of a negative size ends in a failed
 * assertion. Found by damaging files at random; a list of what is known, no proof that the rest is
 * safe. Maps of impossible sizes are refused whether or not anything is cut from them, except in
 * bodies of control flow, which may never run.
 */
public final class RuntimeHazards {
  /** Operators that the runtime divides by attributes of, or multiplies sizes with. */
  private static final Set<String> WINDOWS =
      Set.of(
          "Conv",
          "ConvInteger",
          "ConvTranspose",
          "QLinearConv",
          "MaxPool",
          "MaxUnpool",
          "AveragePool",
          "LpPool",
          "DepthToSpace",
          "SpaceToDepth");

  /** Their attributes that are at least 1. */
  private static final Set<String> COUNTS =
      Set.of("group", "blocksize", "kernel_shape", "strides", "dilations");

  private RuntimeHazards() {}

  /**
   * Checks a model's graph, the bodies of its operations and its functions.
   *
   * @param model may be without the values of its weights
   * @throws IllegalArgumentException if it is such a model, or its graph is none
   */
  public static void refuse(ModelProto model) {
    for (FunctionProto function : model.getFunctionsList()) {
      requireCounts(function.getNodeList());
    }
    requireCounts(model.getGraph().getNodeList());
    TensorTypes.requirePossible(OnnxGraph.of(model));
  }

  private static void requireCounts(List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      for (AttributeProto attribute : node.getAttributeList()) {
        Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream())
            .forEach(body -> requireCounts(body.getNodeList()));
        if (WINDOWS.contains(node.getOpType())
            && OnnxGraph.standard(node)
            && COUNTS.contains(attribute.getName())) {
          requireCount(node, attribute);
        }
      }
    }
  }

  private static void requireCount(NodeProto node, AttributeProto attribute) {
    if (!attribute.getRefAttrName().isEmpty()) {
      return; // a function's own attribute, which its callers give
    }
    List<Long> values =
        attribute.getType() == AttributeType.INTS || attribute.getIntsCount() > 0
            ? attribute.getIntsList()
            : List.of(attribute.getI());
    if (values.stream().anyMatch(value -> value < 1 || value > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of node '%s' (%s) is %s, which is at least 1 and at most %d",
              attribute.getName(),
              node.getName(),
              node.getOpType(),
              values,
              Integer.MAX_VALUE));
    }
  }
}
