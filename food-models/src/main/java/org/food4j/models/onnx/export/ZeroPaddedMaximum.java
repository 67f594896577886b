package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Works around ONNX Runtime, which takes zeros in front of {@code MaxPool} for the pooling's own
 * padding (pad_fusion.cc, of pull request 18136, to 1.28 at least): the maximum of a window of
 * negative values at the border is then negative instead of 0. It asks for a constant whose bytes
 * are all 0, so the zeros are written as -0.
 */
final class ZeroPaddedMaximum {
  private ZeroPaddedMaximum() {}

  /** The model, with padding that the runtime leaves alone where a maximum reads it. */
  static ModelProto protect(ModelProto model) {
    OnnxGraph graph = OnnxGraph.of(model);
    List<NodeProto> padded =
        graph.nodes().stream()
            .filter(node -> node.getOpType().equals("Pad") && node.getInputCount() == 2)
            .filter(
                node ->
                    graph.readers(node.getOutput(0)).stream()
                        .anyMatch(reader -> reader.getOpType().equals("MaxPool")))
            .toList();
    if (padded.isEmpty()) {
      return model;
    }
    for (NodeProto pad : padded) {
      String zero =
          graph.put(OnnxTensors.floats(graph.free(pad.getName() + "/zero"), new float[] {-0.0f}));
      graph.replace(pad, pad.toBuilder().addInput(zero).build());
    }
    return graph.toModel();
  }
}
