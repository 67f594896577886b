package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;

/** Lets nodes that read equal weights under several names read one of them. */
final class DuplicateConstants implements GraphPass {
  @Override
  public String name() {
    return "merge equal weights";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    Map<TensorProto, String> first = new HashMap<>();
    Map<String, String> same = new LinkedHashMap<>();
    for (NodeProto node : graph.sorted()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        String name = node.getInput(i);
        if (same.containsKey(name) || name.isEmpty()) {
          continue;
        }
        Optional<TensorProto> weights = graph.initializer(name);
        if (weights.isPresent() && graph.constant(name).isPresent()) {
          TensorProto nameless = weights.get().toBuilder().clearName().clearDocString().build();
          String kept = first.putIfAbsent(nameless, name);
          same.put(name, kept == null ? name : kept);
        }
      }
    }
    for (Map.Entry<String, String> pair : same.entrySet()) {
      if (!pair.getKey().equals(pair.getValue()) && !graph.keepsName(pair.getKey())) {
        graph.redirect(pair.getKey(), pair.getValue());
        changes++;
      }
    }
    return changes;
  }
}
