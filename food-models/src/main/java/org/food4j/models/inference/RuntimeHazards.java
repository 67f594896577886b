package org.food4j.models.inference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * Refuses model files that are known to end the process when ONNX Runtime 1.28 loads them: a
 * convolution of no groups divides by zero, and cutting from maps of a negative size ends in a
 * failed assertion. Found by damaging files at random; a list of what is known, no proof that the
 * rest is safe.
 */
final class RuntimeHazards {
  /** Attributes that are at least 1, and far below the other bound wherever they make sense. */
  private static final Set<String> COUNTS =
      Set.of("group", "blocksize", "kernel_shape", "strides", "dilations");

  private static final long MOST = 1 << 16;

  private RuntimeHazards() {}

  /**
   * Checks a file's graph.
   *
   * @throws UnreadableModelException if it would end the process
   */
  static void refuse(Path model, ModelOutline outline) throws UnreadableModelException {
    Optional<String> hazard = inGraph(outline.graph());
    try {
      hazard = hazard.isPresent() ? hazard : MapExtents.problem(outline.graph());
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(model, "not a valid network: " + e.getMessage(), e);
    }
    if (hazard.isPresent()) {
      throw new UnreadableModelException(model, "not a valid network: " + hazard.get());
    }
  }

  private static Optional<String> inGraph(GraphProto graph) {
    return graph.getNodeList().stream().flatMap(node -> inNode(node).stream()).findFirst();
  }

  private static Optional<String> inNode(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (COUNTS.contains(attribute.getName())) {
        List<Long> values =
            attribute.getIntsCount() > 0 ? attribute.getIntsList() : List.of(attribute.getI());
        if (values.stream().anyMatch(value -> value < 1 || value > MOST)) {
          return Optional.of(
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
      Optional<String> inside = inGraph(attribute.getG());
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }
}
