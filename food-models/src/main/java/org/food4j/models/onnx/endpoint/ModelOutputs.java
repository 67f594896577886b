package org.food4j.models.onnx.endpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.models.onnx.OnnxGraph;

/** Float32 outputs that a graph gains, in order. */
final class ModelOutputs {
  /** A dimension that the file does not fix. */
  static final long FREE = -1;

  /** Symbols of free dimensions, by their place. */
  private static final List<String> SYMBOLS = List.of("batch", "channels", "height", "width");

  private final OnnxGraph graph;
  private final List<ValueInfoProto> added = new ArrayList<>();

  /** Tensors that gave way, by the names that they had. */
  private final Map<String, String> renamed = new HashMap<>();

  ModelOutputs(OnnxGraph graph) {
    this.graph = graph;
  }

  /**
   * Makes an output of what a node computes.
   *
   * @param node without an output so far, on tensors by the names that they had at first; it is
   *     added to the graph
   * @param shape each at least 1, or {@link #FREE}
   * @throws IllegalArgumentException if the model has an input, output or weights of that name
   */
  void add(NodeProto.Builder node, String name, long... shape) {
    if (graph.isOutput(name) || added.stream().anyMatch(value -> value.getName().equals(name))) {
      throw taken(name, "an output");
    }
    if (graph.inputs().contains(name)) {
      throw taken(name, "an input");
    }
    graph.producer(name).ifPresent(other -> rename(other, name));
    for (int i = 0; i < node.getInputCount(); i++) {
      node.setInput(i, renamed.getOrDefault(node.getInput(i), node.getInput(i)));
    }
    try {
      graph.add(node.setName(name).addOutput(name).build());
    } catch (IllegalArgumentException e) {
      throw taken(name, "a tensor");
    }
    added.add(value(name, shape));
  }

  /** A tensor inside the graph gives way. */
  private void rename(NodeProto node, String tensor) {
    String other = graph.free(tensor);
    NodeProto.Builder changed = node.toBuilder();
    changed.setOutput(node.getOutputList().indexOf(tensor), other);
    if (node.getName().equals(tensor)) {
      changed.setName(other); // ONNX Runtime wants nodes named once too
    }
    graph.replace(node, changed.build());
    graph.redirect(tensor, other);
    renamed.put(tensor, other);
  }

  ModelProto toModel() {
    ModelProto.Builder model = graph.toModel().toBuilder();
    model.getGraphBuilder().addAllOutput(added);
    return model.build();
  }

  private static IllegalArgumentException taken(String name, String what) {
    return new IllegalArgumentException(
        "The model has %s named '%s' already: a further output cannot have that name"
            .formatted(what, name));
  }

  private static ValueInfoProto value(String name, long[] shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == FREE) {
        dimensions.addDimBuilder().setDimParam(SYMBOLS.get(i));
      } else {
        dimensions.addDimBuilder().setDimValue(shape[i]);
      }
    }
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.FLOAT.getNumber())
        .setShape(dimensions);
    return value.build();
  }
}
