package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;

/**
 * Makes integers of the weights and the bias of a weighted operation. Weights are symmetric, with a
 * scale for each output channel; the bias is of 32 bits, at the product of the input's scale and
 * the weights', in which the sums of products are.
 *
 * @param types of activations and weights
 * @param reduceRange whether weights keep to 7 bits, for x86-64 processors without VNNI, whose
 *     16-bit sums of two products would overflow
 * @param meanInputs of a tensor's channels
 * @param meanRoundedInputs of the same after rounding to integers. With both, what rounding of
 *     weights and inputs adds to an output on average is taken from its bias (Nagel et al. 2019,
 *     "Data-Free Quantization Through Weight Equalization and Bias Correction", section 4.2); with
 *     neither, biases stay as they are
 */
record WeightQuantizer(
    NumberTypes types,
    boolean reduceRange,
    Function<String, Optional<double[]>> meanInputs,
    Function<String, Optional<double[]>> meanRoundedInputs) {
  /** A bias beyond it would leave no room for the sums. */
  private static final double LARGEST_BIAS = 1 << 30;

  /** Puts integers in the place of a node's weights and bias. */
  void quantize(OnnxGraph graph, NodeProto node, AffineScale input) {
    TensorProto weights = graph.constant(node.getInput(1)).orElseThrow();
    int axis = OperatorRole.weightAxis(node);
    double[] bias = new double[Math.toIntExact(weights.getDims(axis))];
    if (OperatorRole.hasBias(node)) {
      float[] given = OnnxTensors.floats(graph.constant(node.getInput(2)).orElseThrow());
      for (int c = 0; c < bias.length; c++) {
        bias[c] = given[c];
      }
    }
    double[] leastScales =
        Arrays.stream(bias).map(b -> Math.abs(b) / (LARGEST_BIAS * input.scale())).toArray();
    SymmetricWeights integers = SymmetricWeights.of(weights, axis, reduceRange, leastScales);
    boolean mayHaveBias = !node.getOpType().equals("MatMul");
    double[] uncorrected = bias.clone();
    boolean corrected = mayHaveBias && correct(node, OnnxTensors.floats(weights), integers, bias);
    for (int c = 0; c < bias.length; c++) {
      // a bias is no reason for coarser weights when it is the correction that is too large
      if (!(Math.abs(bias[c]) <= LARGEST_BIAS * input.scale() * integers.scales()[c])) {
        bias[c] = uncorrected[c];
      }
    }

    NodeProto changed =
        graph.setInput(node, 1, dequantized(graph, weights.getName(), integers, axis));
    if (OperatorRole.hasBias(node) || corrected) {
      String wanted = OperatorRole.hasBias(node) ? node.getInput(2) : node.getOutput(0) + "/bias";
      String dequantized = bias(graph, wanted, bias, integers.scales(), input.scale());
      NodeProto.Builder builder = changed.toBuilder();
      if (builder.getInputCount() > 2) {
        builder.setInput(2, dequantized);
      } else {
        builder.addInput(dequantized);
      }
      graph.replace(changed, builder.build());
    }
  }

  private boolean correct(NodeProto node, float[] real, SymmetricWeights integers, double[] bias) {
    Optional<double[]> means = meanInputs.apply(node.getInput(0));
    Optional<double[]> rounded = meanRoundedInputs.apply(node.getInput(0));
    if (means.isEmpty() || rounded.isEmpty()) {
      return false;
    }
    boolean convolution = node.getOpType().equals("Conv");
    int groups = Math.toIntExact(OnnxAttributes.of(node).integer("group", 1));
    int inputs = convolution ? means.get().length / groups : means.get().length;
    int perOutput = real.length / bias.length;
    if (inputs == 0 || perOutput % inputs != 0) {
      return false;
    }
    int kernel = perOutput / inputs;
    for (int i = 0; i < real.length; i++) {
      int channel = integers.channel(i);
      int first = convolution ? channel / (bias.length / groups) * inputs : 0;
      int input = first + integers.within(i) / kernel;
      double quantized = (double) integers.values()[i] * integers.scales()[channel];
      bias[channel] -= quantized * rounded.get()[input] - real[i] * means.get()[input];
    }
    return true;
  }

  private String dequantized(OnnxGraph graph, String name, SymmetricWeights integers, int axis) {
    IntegerType type = types.weights();
    float[] scales = integers.scales();
    byte[] zeroPoints = new byte[scales.length];
    Arrays.fill(zeroPoints, (byte) type.middle());
    byte[] stored = integers.values().clone();
    for (int i = 0; i < stored.length; i++) {
      stored[i] += (byte) type.middle();
    }
    String quantized = graph.free(name + "/quantized");
    String scale = graph.free(name + "/scale");
    String zeroPoint = graph.free(name + "/zero_point");
    graph.put(OnnxTensors.bytes(quantized, type.onnx(), stored, integers.shape()));
    graph.put(OnnxTensors.floats(scale, scales, scales.length));
    graph.put(OnnxTensors.bytes(zeroPoint, type.onnx(), zeroPoints, scales.length));
    return graph.add(
        name + "/dequantized",
        OnnxNode.of("DequantizeLinear", quantized, scale, zeroPoint).with("axis", axis));
  }

  private static String bias(
      OnnxGraph graph, String name, double[] bias, float[] weightScales, float inputScale) {
    int[] integers = new int[bias.length];
    float[] scales = new float[bias.length];
    for (int c = 0; c < bias.length; c++) {
      scales[c] = inputScale * weightScales[c];
      integers[c] = (int) Math.rint(bias[c] / scales[c]);
    }
    String quantized = graph.free(name + "/quantized");
    String scale = graph.free(name + "/scale");
    graph.put(OnnxTensors.ints(quantized, integers, integers.length));
    graph.put(OnnxTensors.floats(scale, scales, scales.length));
    return graph.add(
        name + "/dequantized", OnnxNode.of("DequantizeLinear", quantized, scale).with("axis", 0));
  }
}
