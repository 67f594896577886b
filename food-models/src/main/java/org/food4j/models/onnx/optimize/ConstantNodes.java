package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/** Turns {@code Constant} nodes into weights. */
final class ConstantNodes implements GraphPass {
  @Override
  public String name() {
    return "constants to weights";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    for (NodeProto node : graph.nodes()) {
      if (!node.getOpType().equals("Constant")
          || !OnnxGraph.standard(node)
          || node.getAttributeCount() != 1
          || graph.keepsName(node.getOutput(0))) {
        continue;
      }
      Optional<TensorProto> value = value(node.getOutput(0), node.getAttribute(0));
      if (value.isPresent()) {
        graph.remove(node);
        graph.put(value.get());
        changes++;
      }
    }
    return changes;
  }

  private static Optional<TensorProto> value(String name, AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "value" -> Optional.of(attribute.getT().toBuilder().setName(name).build());
      case "value_float" -> Optional.of(OnnxTensors.floats(name, new float[] {attribute.getF()}));
      case "value_int" -> Optional.of(OnnxTensors.longs(name, new long[] {attribute.getI()}));
      case "value_ints" -> {
        long[] values = attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
        yield Optional.of(OnnxTensors.longs(name, values, values.length));
      }
      case "value_floats" -> {
        float[] values = new float[attribute.getFloatsCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = attribute.getFloats(i);
        }
        yield Optional.of(OnnxTensors.floats(name, values, values.length));
      }
      default -> Optional.empty();
    };
  }
}
