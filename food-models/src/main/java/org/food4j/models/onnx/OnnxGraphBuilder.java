package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts an ONNX model together, operation by operation, in the order of computation. Every tensor is
 * known by the name that the method which made it returned. Not thread-safe.
 */
public final class OnnxGraphBuilder {
  /** Stands for the free batch dimension in the shapes of inputs and outputs. */
  public static final long BATCH = -1;

  /** Opset of the standard domain, of December 2021: what every current runtime understands. */
  public static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  private final String name;
  private final Set<String> names = new HashSet<>();
  private final Set<String> produced = new HashSet<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<TensorProto> initializers = new ArrayList<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();

  private record Output(String tensor, String name, long[] shape) {}

  /**
   * @param name the graph's name, shown by viewers
   */
  public OnnxGraphBuilder(String name) {
    this.name = name;
  }

  /**
   * Adds a float32 input of the graph.
   *
   * @param shape each dimension at least 1, or {@link #BATCH}
   * @return the tensor's name, which is {@code wanted} unless that is taken
   */
  public String input(String wanted, long... shape) {
    String input = free(wanted);
    inputs.add(value(input, shape));
    return input;
  }

  /**
   * Adds float32 weights.
   *
   * @param values row-major; not kept
   * @return the tensor's name, which is {@code wanted} unless that is taken
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  public String floats(String wanted, float[] values, long... shape) {
    return initializer(wanted, name -> OnnxTensors.floats(name, values, shape));
  }

  /** Adds a float32 scalar. */
  public String scalar(String wanted, double value) {
    return floats(wanted, new float[] {(float) value});
  }

  /** Adds a one-dimensional int64 constant, as operators take axes and shapes. */
  public String integers(String wanted, long... values) {
    return initializer(wanted, name -> OnnxTensors.longs(name, values, values.length));
  }

  /**
   * Adds an operation.
   *
   * @param wanted its name; where it is taken, the operator's name is appended
   * @return the name of the node and of its output
   */
  public String node(String wanted, OnnxNode node) {
    String chosen = names.contains(wanted) ? free(wanted + "/" + node.operator()) : free(wanted);
    nodes.add(node.toProto(chosen));
    produced.add(chosen);
    return chosen;
  }

  /**
   * Makes a tensor an output of the graph, under a name of its own.
   *
   * @param shape each dimension at least 1, or {@link #BATCH}
   */
  public void output(String tensor, String outputName, long... shape) {
    outputs.add(new Output(tensor, outputName, shape.clone()));
  }

  /** The model so far: IR version 8, opset 17 of the standard domain, no metadata. */
  public ModelProto build() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
    graph.addAllInput(inputs).addAllInitializer(initializers);
    Map<String, String> renamed = outputNames();
    for (NodeProto node : nodes) {
      graph.addNode(rename(node, renamed));
    }
    for (Output output : outputs) {
      String tensor = renamed.getOrDefault(output.tensor, output.tensor);
      if (!tensor.equals(output.name)) {
        graph.addNode(OnnxNode.of("Identity", tensor).toProto(output.name));
      }
      graph.addOutput(value(output.name, output.shape));
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setGraph(graph);
    model.setProducerName("food4j");
    model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
    return model.build();
  }

  /** For every tensor that changes its name: the new one. */
  private Map<String, String> outputNames() {
    Map<String, String> renamed = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    for (Output output : outputs) {
      if (!given.add(output.name)) {
        throw new IllegalArgumentException("Two outputs are named '" + output.name + "'");
      }
      if (produced.contains(output.tensor)) {
        renamed.putIfAbsent(output.tensor, output.name);
      }
    }
    for (String tensor : given) {
      if (names.contains(tensor) && !renamed.containsKey(tensor)) {
        if (!produced.contains(tensor)) {
          throw new IllegalArgumentException(
              "'%s' names both an output and an input or weight of the graph".formatted(tensor));
        }
        renamed.put(tensor, free(tensor));
      }
    }
    return renamed;
  }

  private static NodeProto rename(NodeProto node, Map<String, String> renamed) {
    NodeProto.Builder builder = node.toBuilder().clearInput().clearOutput();
    node.getInputList().forEach(input -> builder.addInput(renamed.getOrDefault(input, input)));
    node.getOutputList().forEach(out -> builder.addOutput(renamed.getOrDefault(out, out)));
    return builder.build();
  }

  private String free(String wanted) {
    String chosen = wanted;
    for (int n = 2; !names.add(chosen); n++) {
      chosen = wanted + "_" + n;
    }
    return chosen;
  }

  private String initializer(String wanted, Function<String, TensorProto> make) {
    String chosen = free(wanted);
    initializers.add(make.apply(chosen));
    return chosen;
  }

  private static ValueInfoProto value(String name, long[] shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      if (dimension == BATCH) {
        dimensions.addDimBuilder().setDimParam("batch");
      } else if (dimension > 0) {
        dimensions.addDimBuilder().setDimValue(dimension);
      } else {
        throw new IllegalArgumentException(
            "Dimensions of '%s' are at least 1, not %s"
                .formatted(name, java.util.Arrays.toString(shape)));
      }
    }
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.FLOAT.getNumber())
        .setShape(dimensions);
    return value.build();
  }
}
