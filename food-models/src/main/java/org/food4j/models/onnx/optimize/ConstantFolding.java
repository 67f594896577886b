package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * Computes nodes that read only constants, by ONNX Runtime itself, and puts the results in their
 * place. Not what draws random numbers, what turns quantised weights back into large real ones, or
 * what would make the file larger by more than {@link #GROWTH} bytes. Where the runtime cannot
 * compute them, they stay.
 */
final class ConstantFolding implements GraphPass {
  private static final long GROWTH = 1 << 16;

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
    TensorTypes types = TensorTypes.of(graph);
    List<NodeProto> constant =
        graph.sorted().stream().filter(node -> isFoldable(graph, types, node)).toList();
    if (constant.isEmpty()) {
      return 0;
    }
    Map<String, TensorProto> values = compute(graph, constant);
    int changes = 0;
    for (NodeProto node : constant) {
      if (node.getOutputList().stream().allMatch(values::containsKey)) {
        graph.remove(node);
        node.getOutputList().forEach(output -> graph.put(values.get(output)));
        changes++;
      }
    }
    return changes;
  }

  private static boolean isFoldable(OnnxGraph graph, TensorTypes types, NodeProto node) {
    if (!OnnxGraph.standard(node)
        || KEPT.contains(node.getOpType())
        || node.getInputCount() == 0
        || node.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
      return false;
    }
    long bytes = 0;
    for (String input : node.getInputList()) {
      if (!input.isEmpty()) {
        if (graph.constant(input).isEmpty()) {
          return false;
        }
        bytes += graph.constant(input).get().getSerializedSize();
      }
    }
    for (String output : node.getOutputList()) {
      TensorType type = types.type(output);
      boolean small =
          type.isFixed() && product(type.shape()) * Double.BYTES <= bytes + GROWTH
              || SHRINKING.contains(node.getOpType());
      if (output.isEmpty() || graph.keepsName(output) || !small) {
        return false;
      }
    }
    return true;
  }

  private static double product(List<Long> shape) {
    return shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
  }

  private static Map<String, TensorProto> compute(OnnxGraph graph, List<NodeProto> nodes) {
    GraphProto.Builder part = GraphProto.newBuilder().setName("constants");
    Map<String, TensorProto> read = new LinkedHashMap<>();
    for (NodeProto node : nodes) {
      for (String input : node.getInputList()) {
        graph.constant(input).ifPresent(tensor -> read.put(input, tensor));
      }
      part.addNode(node);
      node.getOutputList()
          .forEach(output -> part.addOutput(ValueInfoProto.newBuilder().setName(output)));
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.setGraph(part.addAllInitializer(read.values()));
    model.addOpsetImportBuilder().setDomain("").setVersion(graph.opset());
    Map<String, TensorProto> values = new LinkedHashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.build().toByteArray(), options);
          OrtSession.Result result = session.run(Map.of())) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (output.getValue() instanceof OnnxTensor tensor) {
            read(output.getKey(), tensor).forEach(t -> values.put(t.getName(), t));
          }
        }
      }
    } catch (OrtException e) {
      return Map.of(); // what the runtime cannot compute stays, as specified above
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
