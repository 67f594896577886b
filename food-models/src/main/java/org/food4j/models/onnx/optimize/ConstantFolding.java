package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;
import org.food4j.models.onnx.runtime.CpuSession;

/**
 * Computes nodes that read only constants, whole chains of them at once, by ONNX Runtime itself,
 * and puts the results in their place. Not what draws random numbers, what turns quantised weights
 * back into large real ones, or what would make the file larger: by more than {@link #GROWTH} bytes
 * for one node, or {@link #MOST_GROWTH} for all. What the runtime cannot compute stays.
 */
final class ConstantFolding implements GraphPass {
  private static final long GROWTH = 1 << 16;

  private static final long MOST_GROWTH = 1 << 24;

  private static final Set<String> KEPT =
      Set.of(
          "Bernoulli",
          "Constant",
          "DequantizeLinear",
          "Dropout",
          "DynamicQuantizeLinear",
          "Multinomial",
          "QuantizeLinear",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  /** Operators whose result is no larger than their inputs, whatever its shape. */
  private static final Set<String> SHRINKING = Set.of("Slice", "ArgMax", "ArgMin", "Squeeze");

  @Override
  public String name() {
    return "fold constants";
  }

  @Override
  public int apply(OnnxGraph graph) {
    int changes = 0;
    double room = MOST_GROWTH;
    int folded;
    do {
      // what is computed may make shapes known that the next nodes' growth follows from
      Foldable foldable = new Foldable(graph, TensorTypes.of(graph), room);
      folded = fold(graph, foldable.nodes());
      room -= foldable.growth();
      changes += folded;
    } while (folded > 0);
    return changes;
  }

  private static int fold(OnnxGraph graph, List<NodeProto> nodes) {
    Map<String, TensorProto> values = compute(graph, nodes);
    int changes = 0;
    for (NodeProto node : nodes) {
      if (node.getOutputList().stream().allMatch(values::containsKey)) {
        graph.remove(node);
        node.getOutputList().forEach(output -> graph.put(values.get(output)));
        changes++;
      }
    }
    return changes;
  }

  /** The nodes of a graph that can be computed ahead, in an order of computation. */
  private static final class Foldable {
    private final OnnxGraph graph;
    private final TensorTypes types;
    private final List<NodeProto> nodes = new ArrayList<>();

    /** Bytes of what the nodes make. */
    private final Map<String, Double> made = new HashMap<>();

    private double growth;

    Foldable(OnnxGraph graph, TensorTypes types, double room) {
      this.graph = graph;
      this.types = types;
      for (NodeProto node : graph.sorted()) {
        if (mayBeFolded(node)) {
          double read = bytesRead(node);
          double more = Math.max(0, bytesMade(node, read) - read);
          if (!Double.isNaN(read) && more <= GROWTH && growth + more <= room) {
            growth += more;
            nodes.add(node);
            node.getOutputList()
                .forEach(output -> made.put(output, Math.min(bytes(output), read + more)));
          }
        }
      }
    }

    List<NodeProto> nodes() {
      return nodes;
    }

    double growth() {
      return growth;
    }

    private boolean mayBeFolded(NodeProto node) {
      return OnnxGraph.standard(node)
          && !KEPT.contains(node.getOpType())
          && node.getInputCount() > 0
          && node.getAttributeList().stream().noneMatch(a -> a.hasG() || a.getGraphsCount() > 0)
          && node.getOutputList().stream().noneMatch(o -> o.isEmpty() || graph.keepsName(o));
    }

    /** NaN if an input is not constant. */
    private double bytesRead(NodeProto node) {
      double bytes = 0;
      for (String input : new HashSet<>(node.getInputList())) {
        if (!input.isEmpty()) {
          double known = made.getOrDefault(input, Double.NaN);
          bytes +=
              graph
                  .constant(input)
                  .map(tensor -> (double) tensor.getSerializedSize())
                  .orElse(known);
        }
      }
      return bytes;
    }

    private double bytesMade(NodeProto node, double read) {
      return SHRINKING.contains(node.getOpType())
          ? read
          : node.getOutputList().stream().mapToDouble(this::bytes).sum();
    }

    /** At most; infinite if the shape is not known. */
    private double bytes(String tensor) {
      TensorType type = types.type(tensor);
      return type.isFixed()
          ? type.shape().stream()
              .mapToDouble(Long::doubleValue)
              .reduce(Double.BYTES, (a, b) -> a * b)
          : Double.POSITIVE_INFINITY;
    }
  }

  /** All at once, or one by one where the runtime refuses one of them. */
  private static Map<String, TensorProto> compute(OnnxGraph graph, List<NodeProto> nodes) {
    if (nodes.isEmpty()) {
      return Map.of();
    }
    try {
      return compute(graph, nodes, Map.of());
    } catch (OrtException | IllegalArgumentException e) {
      Map<String, TensorProto> values = new HashMap<>();
      for (NodeProto node : nodes) {
        if (!isGiven(graph, node, values)) {
          continue; // reads what the runtime has refused to compute
        }
        try {
          values.putAll(compute(graph, List.of(node), values));
        } catch (OrtException | IllegalArgumentException refused) {
          // what the runtime cannot compute stays, as specified above
        }
      }
      return values;
    }
  }

  private static boolean isGiven(
      OnnxGraph graph, NodeProto node, Map<String, TensorProto> computed) {
    return node.getInputList().stream()
        .allMatch(
            input ->
                input.isEmpty()
                    || computed.containsKey(input)
                    || graph.constant(input).isPresent());
  }

  private static Map<String, TensorProto> compute(
      OnnxGraph graph, List<NodeProto> nodes, Map<String, TensorProto> computed)
      throws OrtException {
    GraphProto.Builder part = GraphProto.newBuilder().setName("constants");
    Map<String, TensorProto> read = new LinkedHashMap<>();
    for (NodeProto node : nodes) {
      for (String input : node.getInputList()) {
        Optional<TensorProto> value = graph.constant(input);
        value.or(() -> Optional.ofNullable(computed.get(input))).ifPresent(t -> read.put(input, t));
      }
      part.addNode(node);
      node.getOutputList()
          .forEach(output -> part.addOutput(ValueInfoProto.newBuilder().setName(output)));
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.setGraph(part.addAllInitializer(read.values()));
    model.addOpsetImportBuilder().setDomain("").setVersion(graph.opset());
    Map<String, TensorProto> values = new LinkedHashMap<>();
    try (CpuSession opened = CpuSession.openOnOneThread(model.build());
        OrtSession.Result result = opened.session().run(Map.of())) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          read(output.getKey(), tensor).forEach(t -> values.put(t.getName(), t));
        }
      }
    }
    return values;
  }

  /** The tensor in the file's form; none for types that are not written here. */
  private static List<TensorProto> read(String name, OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    List<TensorProto> made = new ArrayList<>();
    switch (tensor.getInfo().type) {
      case FLOAT -> {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        made.add(OnnxTensors.floats(name, values, shape));
      }
      case INT64 -> {
        LongBuffer buffer = tensor.getLongBuffer();
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        made.add(OnnxTensors.longs(name, values, shape));
      }
      case INT32 -> {
        IntBuffer buffer = tensor.getIntBuffer();
        int[] values = new int[buffer.remaining()];
        buffer.get(values);
        made.add(OnnxTensors.ints(name, values, shape));
      }
      case BOOL -> {
        ByteBuffer buffer = tensor.getByteBuffer();
        byte[] values = new byte[buffer.remaining()];
        buffer.get(values);
        made.add(OnnxTensors.bytes(name, DataType.BOOL, values, shape));
      }
      default -> {
        // stays as it is
      }
    }
    return made;
  }
}
