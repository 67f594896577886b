package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.optimize.GraphOptimizer;

/**
 * Makes the weights of a float32 model eight-bit integers, and lets every run find the scales of
 * the activations that they are multiplied with: no samples are needed, and each run pays for the
 * search. Convolutions become {@code ConvInteger}, matrix products {@code MatMulInteger}, both of
 * the standard domain; everything between them stays float.
 */
public final class DynamicQuantizer {
  private static final String CONVOLUTION = "Conv";

  private final OnnxGraph graph;
  private final boolean reduceRange;
  private final Map<String, NodeProto> quantizedInputs = new HashMap<>();

  private DynamicQuantizer(OnnxGraph graph, boolean reduceRange) {
    this.graph = graph;
    this.reduceRange = reduceRange;
  }

  /**
   * Quantises a model.
   *
   * @param model float32, of opset {@value OpsetRaise#LEAST} or newer
   * @param keepFloat what is not quantised
   * @param reduceRange whether weights keep to 7 bits: for x86-64 processors without VNNI only
   * @throws IllegalArgumentException if the model is too old or already quantised, has nothing to
   *     quantise, a constant holds NaN, or weights to be quantised are infinite
   */
  public static ModelProto quantize(ModelProto model, KeepFloat keepFloat, boolean reduceRange) {
    IntegerOperators.refuse(model);
    FiniteWeights finite = FiniteWeights.of(OnnxGraph.of(model), keepFloat);
    DynamicQuantizer quantizer =
        new DynamicQuantizer(OnnxGraph.of(StaticQuantizer.prepared(model)), reduceRange);
    Set<NodeProto> weighted = new LinkedHashSet<>();
    for (NodeProto node : quantizer.graph.sorted()) {
      Optional<OperatorRole> role = OperatorRole.of(quantizer.graph, node);
      if (role.filter(r -> r == OperatorRole.WEIGHTED).isPresent() && !keepFloat.test(node)) {
        weighted.add(node);
      }
    }
    if (weighted.isEmpty()) {
      throw StaticQuantizer.nothing("");
    }
    // a bias is added to the sums in float32, and may be infinite
    finite.require(
        quantizer.graph, node -> weighted.contains(node) ? List.of(node.getInput(1)) : List.of());
    weighted.forEach(quantizer::quantize);
    GraphOptimizer.weightMerging().apply(quantizer.graph); // of those that operations share
    return quantizer.graph.toModel();
  }

  private void quantize(NodeProto node) {
    TensorProto weights = graph.constant(node.getInput(1)).orElseThrow();
    SymmetricWeights integers =
        SymmetricWeights.of(asMultiplied(node, weights), axis(node), reduceRange);
    NodeProto input = quantizedInput(node.getInput(0));
    String name = node.getOutput(0);
    String kernel = graph.free(weights.getName() + "/quantized");
    graph.put(OnnxTensors.bytes(kernel, DataType.INT8, integers.values(), integers.shape()));
    boolean convolution = node.getOpType().equals(CONVOLUTION);
    long channels = integers.scales().length;
    long[] perChannel =
        convolution ? ones(integers.shape().length, channels) : new long[] {channels};
    String scale = graph.free(weights.getName() + "/scale");
    graph.put(OnnxTensors.floats(scale, integers.scales(), perChannel));

    OnnxNode product =
        new OnnxNode(
            convolution ? "ConvInteger" : "MatMulInteger",
            List.of(input.getOutput(0), kernel, input.getOutput(2)),
            convolution ? node.getAttributeList() : List.of());
    String sums = graph.add(name + "/sums", product);
    String real =
        graph.add(name + "/cast", OnnxNode.of("Cast", sums).with("to", DataType.FLOAT.getNumber()));
    String scales = graph.add(name + "/scales", OnnxNode.of("Mul", input.getOutput(1), scale));
    NodeProto.Builder last =
        NodeProto.newBuilder().setOpType("Mul").setName(node.getName()).addOutput(name);
    last.addInput(real).addInput(scales);
    if (OperatorRole.hasBias(node)) {
      TensorProto bias = graph.constant(node.getInput(2)).orElseThrow();
      String shaped = graph.free(bias.getName() + "/shaped");
      graph.put(OnnxTensors.floats(shaped, OnnxTensors.floats(bias), perChannel));
      String scaled = graph.add(name + "/scaled", OnnxNode.of("Mul", real, scales));
      last.setOpType("Add").clearInput().addInput(scaled).addInput(shaped);
    }
    graph.replace(node, last.build());
  }

  /** The weights, laid out as the integer operation wants them: {@code Gemm} may transpose. */
  private static TensorProto asMultiplied(NodeProto node, TensorProto weights) {
    if (!node.getOpType().equals("Gemm") || OperatorRole.weightAxis(node) == 1) {
      return weights;
    }
    int outputs = Math.toIntExact(weights.getDims(0));
    int inputs = Math.toIntExact(weights.getDims(1));
    float[] values = OnnxTensors.floats(weights);
    float[] transposed = new float[values.length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        transposed[i * outputs + o] = values[o * inputs + i];
      }
    }
    return OnnxTensors.floats(weights.getName(), transposed, inputs, outputs);
  }

  private static int axis(NodeProto node) {
    return node.getOpType().equals(CONVOLUTION) ? 0 : 1;
  }

  private static long[] ones(int rank, long channels) {
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    shape[1] = channels;
    return shape;
  }

  /** The integers of a tensor, with their scale and zero point: made once for all who read them. */
  private NodeProto quantizedInput(String tensor) {
    return quantizedInputs.computeIfAbsent(
        tensor,
        t -> {
          NodeProto node =
              NodeProto.newBuilder()
                  .setOpType("DynamicQuantizeLinear")
                  .setName(graph.free(t + "/quantize"))
                  .addInput(t)
                  .addOutput(graph.free(t + "/quantized"))
                  .addOutput(graph.free(t + "/scale"))
                  .addOutput(graph.free(t + "/zero_point"))
                  .build();
          graph.add(node);
          return node;
        });
  }
}
