package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.function.Function;
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
 * @param meanInputs of a tensor's channels, for bias correction (Nagel et al. 2019, "Data-Free
 *     Quantization Through Weight Equalization and Bias Correction", section 4.2): what the
 *     rounding of the weights adds to an output on average is taken from the bias. None: no
 *     correction
 */
record WeightQuantizer(
    NumberTypes types, boolean reduceRange, Function<String, Optional<double[]>> meanInputs) {
  /** A bias beyond it would leave no room for the sums. */
  private static final double LARGEST_BIAS = 1 << 30;

  /** Puts integers in the place of a node's weights and bias. */
  void quantize(OnnxGraph graph, NodeProto node, AffineScale input) {
    TensorProto weights = graph.constant(node.getInput(1)).orElseThrow();
    int axis = OperatorRole.weightAxis(node);
    Layout layout = Layout.of(weights, axis);
    float[] real = OnnxTensors.floats(weights);
    boolean mayHaveBias = !node.getOpType().equals("MatMul");
    double[] bias = new double[layout.channels];
    if (OperatorRole.hasBias(node)) {
      float[] given = OnnxTensors.floats(graph.constant(node.getInput(2)).orElseThrow());
      for (int c = 0; c < bias.length; c++) {
        bias[c] = given[c];
      }
    }
    float[] scales = scales(real, layout, bias, input.scale());
    byte[] integers = integers(real, layout, scales);
    boolean corrected = mayHaveBias && correct(node, real, integers, layout, scales, bias);

    String name = weights.getName();
    NodeProto changed =
        graph.setInput(node, 1, dequantized(graph, name, weights, integers, scales, axis));
    if (OperatorRole.hasBias(node) || corrected) {
      String wanted = OperatorRole.hasBias(node) ? node.getInput(2) : node.getOutput(0) + "/bias";
      String dequantized = bias(graph, wanted, bias, scales, input.scale());
      NodeProto.Builder builder = changed.toBuilder();
      if (builder.getInputCount() > 2) {
        builder.setInput(2, dequantized);
      } else {
        builder.addInput(dequantized);
      }
      graph.replace(changed, builder.build());
    }
  }

  private float[] scales(float[] real, Layout layout, double[] bias, float inputScale) {
    int most = reduceRange ? 63 : 127;
    float[] scales = new float[layout.channels];
    for (int i = 0; i < real.length; i++) {
      int channel = layout.channel(i);
      scales[channel] = Math.max(scales[channel], Math.abs(real[i]) / most);
    }
    for (int c = 0; c < scales.length; c++) {
      double least = Math.abs(bias[c]) / (LARGEST_BIAS * inputScale);
      scales[c] = (float) Math.max(scales[c], Math.max(least, AffineScale.LEAST_SCALE));
    }
    return scales;
  }

  private static byte[] integers(float[] real, Layout layout, float[] scales) {
    byte[] integers = new byte[real.length];
    for (int i = 0; i < real.length; i++) {
      integers[i] = (byte) Math.rint((double) real[i] / scales[layout.channel(i)]);
    }
    return integers;
  }

  private boolean correct(
      NodeProto node, float[] real, byte[] integers, Layout layout, float[] scales, double[] bias) {
    Optional<double[]> means = meanInputs.apply(node.getInput(0));
    if (means.isEmpty()) {
      return false;
    }
    int perOutput = real.length / layout.channels;
    long groups = OperatorRole.integer(node, "group", 1);
    boolean convolution = node.getOpType().equals("Conv");
    int inputsEach = convolution ? (int) (means.get().length / groups) : means.get().length;
    if (inputsEach == 0 || perOutput % inputsEach != 0) {
      return false;
    }
    int kernel = perOutput / inputsEach;
    for (int i = 0; i < real.length; i++) {
      int channel = layout.channel(i);
      int within = layout.within(i) / kernel;
      int first = convolution ? (int) (channel / (layout.channels / groups)) * inputsEach : 0;
      double error = (double) integers[i] * scales[channel] - real[i];
      bias[channel] -= error * means.get()[first + within];
    }
    return true;
  }

  private String dequantized(
      OnnxGraph graph,
      String name,
      TensorProto weights,
      byte[] integers,
      float[] scales,
      int axis) {
    IntegerType type = types.weights();
    byte[] zeroPoints = new byte[scales.length];
    java.util.Arrays.fill(zeroPoints, (byte) type.middle());
    byte[] stored = integers.clone();
    for (int i = 0; i < stored.length; i++) {
      stored[i] += (byte) type.middle();
    }
    String quantized = graph.free(name + "/quantized");
    String scale = graph.free(name + "/scale");
    String zeroPoint = graph.free(name + "/zero_point");
    graph.put(OnnxTensors.bytes(quantized, type.onnx(), stored, OnnxTensors.shape(weights)));
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

  /** Where in a row-major array the values of each output channel lie. */
  private record Layout(int channels, int inner) {
    static Layout of(TensorProto weights, int axis) {
      long inner = 1;
      for (int d = axis + 1; d < weights.getDimsCount(); d++) {
        inner *= weights.getDims(d);
      }
      return new Layout(Math.toIntExact(weights.getDims(axis)), Math.toIntExact(inner));
    }

    int channel(int index) {
      return index / inner % channels;
    }

    /** The place among the values of the same channel. */
    int within(int index) {
      return index / (inner * channels) * inner + index % inner;
    }
  }
}
