package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Collections;
import java.util.List;
import org.food4j.models.onnx.OnnxGraph;

/** Takes out nodes whose results nobody reads. Weights that only they read go with them. */
final class DeadNodes implements GraphPass {
  @Override
  public String name() {
    return "drop dead nodes";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int removed = 0;
    List<NodeProto> backwards = new java.util.ArrayList<>(graph.sorted());
    Collections.reverse(backwards);
    for (NodeProto node : backwards) {
      if (node.getOutputList().stream()
          .allMatch(output -> graph.readers(output).isEmpty() && !graph.isOutput(output))) {
        graph.remove(node);
        removed++;
      }
    }
    return removed;
  }
}
