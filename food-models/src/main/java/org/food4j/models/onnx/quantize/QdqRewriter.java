package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Writes a plan into a graph as pairs of {@code QuantizeLinear} and {@code DequantizeLinear}: the
 * form in which a file says what is to be computed with integers, and a runtime decides how.
 */
final class QdqRewriter {
  private static final String QUANTIZE = "QuantizeLinear";
  private static final String DEQUANTIZE = "DequantizeLinear";

  private final OnnxGraph graph;
  private final QuantizationPlan plan;
  private final Map<String, AffineScale> scales;
  private final WeightQuantizer weights;
  private final Map<AffineScale, String[]> constants = new HashMap<>();

  /**
   * @param graph to be changed
   * @param plan made from the same graph
   * @param scales of the plan's tensors
   */
  QdqRewriter(
      OnnxGraph graph,
      QuantizationPlan plan,
      Map<String, AffineScale> scales,
      WeightQuantizer weights) {
    this.graph = graph;
    this.plan = plan;
    this.scales = scales;
    this.weights = weights;
  }

  void rewrite() {
    // all decisions use the graph as it was planned: weights first, they move no tensor
    for (NodeProto node : graph.sorted()) {
      Optional<OperatorRole> role = plan.role(node);
      if (role.isPresent() && role.get() == OperatorRole.WEIGHTED) {
        AffineScale input = scales.get(node.getInput(0));
        weights.quantize(graph, node, input);
      } else if (role.isPresent()) {
        quantizeConstants(node, role.get());
      }
    }
    scales.forEach(this::pass);
  }

  private void quantizeConstants(NodeProto node, OperatorRole role) {
    NodeProto changed = node;
    for (int input : role.activations(node)) {
      Optional<TensorProto> constant = graph.constant(node.getInput(input));
      if (constant.isPresent()) {
        changed = graph.setInput(changed, input, quantized(constant.get()));
      }
    }
  }

  private String quantized(TensorProto constant) {
    float[] values = OnnxTensors.floats(constant);
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    AffineScale scale = weights.types().activationScale(new Range(min, max));
    byte[] integers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = (byte) scale.quantize(values[i]);
    }
    String name = graph.free(constant.getName() + "/quantized");
    graph.put(OnnxTensors.bytes(name, scale.type().onnx(), integers, OnnxTensors.shape(constant)));
    return graph.add(constant.getName() + "/dequantized", with(DEQUANTIZE, name, scale));
  }

  /** Lets a tensor pass through integers on its way to those who compute with them. */
  private void pass(String tensor, AffineScale scale) {
    boolean madeOfIntegers = plan.made(tensor).isPresent();
    List<NodeProto> readers = graph.readers(tensor);
    String integers = graph.add(tensor + "/quantized", with(QUANTIZE, tensor, scale));
    String reals = graph.add(tensor + "/dequantized", with(DEQUANTIZE, integers, scale));
    for (NodeProto reader : readers) {
      NodeProto changed = reader;
      Optional<OperatorRole> role = plan.role(reader);
      for (int i = 0; i < reader.getInputCount(); i++) {
        boolean switched =
            role.isPresent() ? role.get().activations(reader).contains(i) : madeOfIntegers;
        if (switched && reader.getInput(i).equals(tensor)) {
          changed = graph.setInput(changed, i, reals);
        }
      }
    }
    if (madeOfIntegers && graph.isOutput(tensor)) {
      giveName(tensor, reals);
    }
  }

  /**
   * What passed through integers becomes the graph's output, as nothing else may read its source.
   */
  private void giveName(String output, String reals) {
    NodeProto source = graph.producer(output).orElseThrow();
    String inner = graph.free(output + "/float");
    graph.replace(source, source.toBuilder().setOutput(0, inner).build());
    graph.redirect(output, inner);
    NodeProto dequantize = graph.producer(reals).orElseThrow();
    graph.replace(dequantize, dequantize.toBuilder().setOutput(0, output).build());
    graph.redirect(reals, output);
  }

  private OnnxNode with(String operator, String input, AffineScale scale) {
    String[] names =
        constants.computeIfAbsent(
            scale,
            s -> {
              String number = "scale/" + (constants.size() + 1);
              return new String[] {
                graph.put(OnnxTensors.floats(graph.free(number), new float[] {s.scale()})),
                graph.put(
                    OnnxTensors.bytes(
                        graph.free(number + "/zero_point"),
                        s.type().onnx(),
                        new byte[] {(byte) s.zeroPoint()}))
              };
            });
    return OnnxNode.of(operator, input, names[0], names[1]);
  }
}
