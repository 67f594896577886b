package org.food4j.models.onnx.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
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
 * safe.
 */
public final class RuntimeHazards {
  /** Attributes that are at least 1, and far below the other bound wherever they make sense. */
  private static final Set<String> COUNTS =
      Set.of("group", "blocksize", "kernel_shape", "strides", "dilations");

  private static final long MOST = 1 << 16;

  private RuntimeHazards() {}

  /**
   * Checks a model's graph, the bodies of its operations and its functions.
   *
   * @param model may be without the values of its weights
   * @throws IllegalArgumentException if the runtime would end the process, or the graph is none
   */
  public static void refuse(ModelProto model) {
    for (FunctionProto function : model.getFunctionsList()) {
      function.getNodeList().forEach(RuntimeHazards::requireCounts);
    }
    model.getGraph().getNodeList().forEach(RuntimeHazards::requireCounts);
    requireShapes(model);
  }

  private static void requireShapes(ModelProto model) {
    TensorTypes types = TensorTypes.of(OnnxGraph.of(model));
    for (NodeProto node : model.getGraph().getNodeList()) {
      bodies(node)
          .map(body -> model.toBuilder().setGraph(withOuterTensors(body, types)).build())
          .forEach(RuntimeHazards::requireShapes);
    }
  }

  private static Stream<GraphProto> bodies(NodeProto node) {
    return node.getAttributeList().stream()
        .flatMap(
            attribute ->
                Stream.concat(
                    attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
                    attribute.getGraphsList().stream()));
  }

  /** A body as a graph by itself: what it reads from outside becomes an input. */
  private static GraphProto withOuterTensors(GraphProto body, TensorTypes types) {
    Set<String> made = new HashSet<>(Set.of(""));
    body.getInputList().forEach(input -> made.add(input.getName()));
    body.getInitializerList().forEach(tensor -> made.add(tensor.getName()));
    body.getSparseInitializerList().forEach(sparse -> made.add(sparse.getValues().getName()));
    body.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
    GraphProto.Builder whole = body.toBuilder();
    Stream.concat(
            body.getNodeList().stream().flatMap(node -> node.getInputList().stream()),
            body.getOutputList().stream().map(output -> output.getName()))
        .filter(made::add)
        .forEach(
            tensor -> whole.addInputBuilder().setName(tensor).setType(types.type(tensor).proto()));
    return whole.build();
  }

  private static void requireCounts(NodeProto node) {
    bodies(node)
        .flatMap(body -> body.getNodeList().stream())
        .forEach(RuntimeHazards::requireCounts);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!COUNTS.contains(attribute.getName())) {
        continue;
      }
      List<Long> values =
          attribute.getIntsCount() > 0 ? attribute.getIntsList() : List.of(attribute.getI());
      if (values.stream().anyMatch(value -> value < 1 || value > MOST)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s of node '%s' (%s) is %s, which is at least 1 and at most %d",
                attribute.getName(),
                node.getName(),
                node.getOpType(),
                values,
                MOST));
      }
    }
  }
}
