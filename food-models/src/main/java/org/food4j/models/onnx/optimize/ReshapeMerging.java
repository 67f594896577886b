package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Lets a {@code Reshape} read what an earlier change of shape reads: only the last shape counts.
 */
final class ReshapeMerging implements GraphPass {
  private static final Set<String> RESHAPING = Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze");

  @Override
  public String name() {
    return "merge reshapes";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    for (NodeProto listed : graph.sorted()) {
      Optional<NodeProto> node = graph.producer(listed.getOutput(0));
      if (node.isEmpty()
          || !node.get().getOpType().equals("Reshape")
          || !OnnxGraph.standard(node.get())) {
        continue;
      }
      boolean whole =
          graph
              .constant(node.get().getInput(1))
              .map(OnnxTensors::integers)
              // a 0 would be a dimension of what the earlier one makes
              .map(shape -> Arrays.stream(shape).noneMatch(size -> size == 0))
              .orElse(false);
      Optional<NodeProto> earlier =
          graph
              .producer(node.get().getInput(0))
              .filter(n -> OnnxGraph.standard(n) && RESHAPING.contains(n.getOpType()));
      if (whole && earlier.isPresent()) {
        graph.setInput(node.get(), 0, earlier.get().getInput(0));
        changes++;
      }
    }
    return changes;
  }
}
