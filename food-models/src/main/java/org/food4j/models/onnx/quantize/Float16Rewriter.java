package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.number.Float16;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Writes a planned conversion: each float32 tensor exists in float32, in float16 or in both, under
 * two names, with a cast from the form in which it is made where the other one is read.
 */
final class Float16Rewriter {
  private final OnnxGraph graph;
  private final Float16Plan plan;
  private final boolean halfEndpoints;
  private final Set<String> endpoints = new HashSet<>();
  private final Map<String, String> halfNames = new HashMap<>();
  private final Map<String, String> floatNames = new HashMap<>();

  /** Names that are made or given, as far as nodes have been written. */
  private final Set<String> made = new HashSet<>();

  private final List<NodeProto> nodes = new ArrayList<>();
  private int casts;
  private long vanished;

  Float16Rewriter(OnnxGraph graph, Float16Plan plan, boolean halfEndpoints) {
    this.graph = graph;
    this.plan = plan;
    this.halfEndpoints = halfEndpoints;
    endpoints.addAll(graph.inputs());
    endpoints.addAll(graph.outputs());
  }

  ModelProto rewrite() {
    for (String endpoint : endpoints) {
      if (isHalf(endpoint) && graph.isReadInBody(endpoint)) {
        throw new IllegalArgumentException(
            "'%s' is read in the body of an operation and cannot become float16: keep the inputs and outputs float32"
                .formatted(endpoint));
      }
    }
    ModelProto old = graph.toModel();
    graph.inputs().forEach(input -> made.add(isHalf(input) ? half(input) : real(input)));
    for (NodeProto node : graph.sorted()) {
      write(node);
    }
    for (String output : graph.outputs()) {
      if (plan.isFloat(output)) {
        require(output, isHalf(output));
      }
    }
    GraphProto.Builder changed = old.getGraph().toBuilder().clearNode().clearInitializer();
    changed.addAllNode(nodes);
    Set<String> read = new HashSet<>(graph.outputs());
    nodes.forEach(node -> read.addAll(node.getInputList()));
    for (TensorProto weights : old.getGraph().getInitializerList()) {
      changed.addInitializer(weights);
    }
    halfNames.forEach(
        (tensor, name) ->
            graph
                .initializer(name)
                .filter(w -> read.contains(name))
                .ifPresent(changed::addInitializer));
    if (halfEndpoints) {
      changed.clearInput().clearOutput().clearValueInfo();
      old.getGraph().getInputList().forEach(value -> changed.addInput(endpoint(value)));
      old.getGraph().getOutputList().forEach(value -> changed.addOutput(endpoint(value)));
    }
    // once more through the graph: drops float32 weights that nobody reads any more
    return OnnxGraph.of(old.toBuilder().setGraph(changed).build()).toModel();
  }

  /** Number of casts written. */
  int casts() {
    return casts;
  }

  /** Number of weights that became 0. */
  long vanished() {
    return vanished;
  }

  /** Whether a tensor that keeps its name at the graph's border is of float16 there. */
  private boolean isHalf(String tensor) {
    return halfEndpoints && endpoints.contains(tensor) && plan.isFloat(tensor);
  }

  private ValueInfoProto endpoint(ValueInfoProto value) {
    if (!isHalf(value.getName())) {
      return value;
    }
    ValueInfoProto.Builder changed = value.toBuilder();
    changed.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT16_VALUE);
    return changed.build();
  }

  private String half(String tensor) {
    return halfNames.computeIfAbsent(
        tensor, name -> isHalf(name) ? name : graph.free(name + "/float16"));
  }

  private String real(String tensor) {
    return floatNames.computeIfAbsent(
        tensor, name -> isHalf(name) ? graph.free(name + "/float32") : name);
  }

  private void write(NodeProto node) {
    boolean computesHalf = plan.half().contains(node.getOutput(0));
    NodeProto.Builder changed = node.toBuilder().clearInput().clearOutput();
    for (String input : node.getInputList()) {
      changed.addInput(plan.isFloat(input) ? require(input, computesHalf) : input);
    }
    for (String output : node.getOutputList()) {
      String name = output;
      if (plan.isFloat(output)) {
        name = computesHalf ? half(output) : real(output);
      }
      made.add(name);
      changed.addOutput(name);
    }
    nodes.add(changed.build());
    for (String output : node.getOutputList()) {
      // the body of an operation knows it by this name
      if (plan.isFloat(output) && graph.keepsName(output) && !graph.isOutput(output)) {
        require(output, false);
      }
    }
  }

  /** The name of a tensor in one of the two forms, which is made if it is not there yet. */
  private String require(String tensor, boolean asHalf) {
    Optional<TensorProto> constant = graph.constant(tensor);
    if (constant.isPresent() || graph.initializer(tensor).isPresent()) {
      if (!asHalf) {
        return tensor;
      }
      if (constant.isPresent()) {
        return halved(tensor, constant.get());
      }
      made.add(tensor);
    }
    String name = asHalf ? half(tensor) : real(tensor);
    if (made.add(name)) {
      String source = asHalf ? real(tensor) : half(tensor);
      NodeProto.Builder cast =
          NodeProto.newBuilder().setOpType("Cast").setName(graph.free(name + "/cast"));
      int type = asHalf ? DataType.FLOAT16_VALUE : DataType.FLOAT_VALUE;
      nodes.add(
          OnnxAttributes.of(cast.addInput(source).addOutput(name).build()).withInteger("to", type));
      casts++;
    }
    return name;
  }

  private String halved(String tensor, TensorProto weights) {
    String name = half(tensor);
    if (made.add(name)) {
      float[] values = OnnxTensors.floats(weights);
      short[] bits = new short[values.length];
      for (int i = 0; i < values.length; i++) {
        bits[i] = Float16.toBits(values[i]);
        vanished += values[i] != 0 && Float16.toFloat(bits[i]) == 0 ? 1 : 0;
      }
      graph.put(OnnxTensors.halves(name, bits, OnnxTensors.shape(weights)));
    }
    return name;
  }
}
