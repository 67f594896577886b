package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.optimize.GraphOptimizer;

/**
 * Stores the large weights of a float32 model as int8, symmetric around 0 with a scale for each
 * output channel; computing stays in float32. For a file of about a quarter of the size. Batch
 * normalisation becomes part of the weights first. Immutable and thread-safe.
 *
 * @param leastValues a tensor of fewer stays as it is: it would save little
 * @param leastDecibels signal-to-noise ratio of a tensor below which it stays as it is
 * @param keepFloat operations whose weights stay as they are
 */
public record WeightQuantization(
    int leastValues, double leastDecibels, Predicate<NodeProto> keepFloat) {
  /** What a reader of a scale for each channel understands at least. */
  private static final int OPSET = 13;

  private static final int LARGEST = 127;

  /** Tensors of 1024 values and more, where 35 dB are kept. */
  public static WeightQuantization standard() {
    return new WeightQuantization(1024, 35, node -> false);
  }

  /** This quantisation but for the weights of some operations. */
  public WeightQuantization keeping(Predicate<NodeProto> operations) {
    return new WeightQuantization(leastValues, leastDecibels, operations);
  }

  /**
   * Quantises a model's weights. Metadata stays; the history tells the new form.
   *
   * @throws IllegalArgumentException if its graph is not one, its opset is below 13, it is
   *     quantised already, a constant holds NaN, weights to be quantised are infinite, or none can
   *     be quantised
   */
  public WeightQuantizedModel quantize(ModelProto model) {
    IntegerOperators.refuse(model);
    OnnxGraph graph = OnnxGraph.of(model);
    if (graph.opset() < OPSET) {
      throw new IllegalArgumentException(
          "A scale for each channel needs opset %d or newer, and the model is of opset %d: export it again with a newer one"
              .formatted(OPSET, graph.opset()));
    }
    FiniteWeights finite = FiniteWeights.of(OnnxGraph.of(model), keepFloat);
    GraphOptimizer.normalizationFolding().apply(graph);
    Map<String, Integer> axes = axes(graph);
    finite.require(graph, node -> node.getInputList().stream().filter(axes::containsKey).toList());
    List<QuantizedWeights> weights = new ArrayList<>();
    axes.forEach(
        (name, axis) -> weights.add(quantize(graph, graph.constant(name).orElseThrow(), axis)));
    if (weights.stream().noneMatch(QuantizedWeights::stored)) {
      throw new IllegalArgumentException(
          "The model has no float32 weights of at least %d values that int8 can store with %.0f dB"
              .formatted(leastValues, leastDecibels));
    }
    GraphOptimizer.weightMerging().apply(graph);
    ModelProto quantized =
        ModelHistory.of(model)
            .then("quantize --mode weights", ModelHistory.INT8_WEIGHTS)
            .writtenInto(graph.toModel());
    return new WeightQuantizedModel(
        quantized, weights, model.getSerializedSize(), quantized.getSerializedSize());
  }

  /**
   * The weights to quantise, each with the dimension of the output channels that it has for all.
   */
  private Map<String, Integer> axes(OnnxGraph graph) {
    Map<String, Integer> axes = new LinkedHashMap<>();
    for (NodeProto node : graph.sorted()) {
      OptionalInt axis = channelAxis(graph, node);
      axis.ifPresent(a -> axes.putIfAbsent(node.getInput(1), a));
    }
    axes.entrySet()
        .removeIf(
            weights ->
                graph.keepsName(weights.getKey())
                    || OnnxTensors.count(graph.constant(weights.getKey()).orElseThrow())
                        < leastValues
                    || !areReadAlike(graph, weights.getKey(), weights.getValue()));
    return axes;
  }

  private boolean areReadAlike(OnnxGraph graph, String weights, int axis) {
    return graph.readers(weights).stream()
        .allMatch(
            reader ->
                channelAxis(graph, reader).equals(OptionalInt.of(axis))
                    && !reader.getInput(0).equals(weights)
                    && !keepFloat.test(reader));
  }

  /** The dimension of the output channels in the constant float32 weights of a node. */
  private static OptionalInt channelAxis(OnnxGraph graph, NodeProto node) {
    if (!OnnxGraph.standard(node) || node.getInputCount() < 2) {
      return OptionalInt.empty();
    }
    Optional<TensorProto> weights =
        graph
            .constant(node.getInput(1))
            .filter(tensor -> tensor.getDataType() == DataType.FLOAT_VALUE)
            .filter(tensor -> graph.initializer(tensor.getName()).isPresent());
    if (weights.isEmpty()) {
      return OptionalInt.empty();
    }
    int rank = weights.get().getDimsCount();
    return switch (node.getOpType()) {
      case "Conv" -> rank > 2 ? OptionalInt.of(0) : OptionalInt.empty();
      case "ConvTranspose" -> rank > 2 ? OptionalInt.of(1) : OptionalInt.empty();
      case "MatMul" -> rank == 2 ? OptionalInt.of(1) : OptionalInt.empty();
      case "Gemm" -> OptionalInt.of(OnnxAttributes.of(node).integer("transB", 0) != 0 ? 0 : 1);
      default -> OptionalInt.empty();
    };
  }

  private QuantizedWeights quantize(OnnxGraph graph, TensorProto tensor, int axis) {
    float[] real = OnnxTensors.floats(tensor);
    long[] shape = OnnxTensors.shape(tensor);
    int channels = Math.toIntExact(shape[axis]);
    int inner = 1;
    for (int d = axis + 1; d < shape.length; d++) {
      inner = Math.toIntExact(inner * shape[d]);
    }
    float[] scales = new float[channels];
    for (int i = 0; i < real.length; i++) {
      int channel = i / inner % channels;
      scales[channel] = Math.max(scales[channel], Math.abs(real[i]) / LARGEST);
    }
    byte[] integers = new byte[real.length];
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < real.length; i++) {
      float scale = scales[i / inner % channels];
      integers[i] = (byte) (scale == 0 ? 0 : Math.rint((double) real[i] / scale));
      double error = real[i] - (double) integers[i] * scale;
      signal += (double) real[i] * real[i];
      noise += error * error;
    }
    for (int c = 0; c < channels; c++) {
      scales[c] = scales[c] == 0 ? 1 : scales[c]; // a channel of zeros: any scale will do
    }
    String name = tensor.getName();
    double decibels = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    if (!(decibels >= leastDecibels)) {
      return new QuantizedWeights(name, real.length, decibels, false);
    }
    String stored =
        graph.put(OnnxTensors.bytes(graph.free(name + "/int8"), DataType.INT8, integers, shape));
    String scale = graph.put(OnnxTensors.floats(graph.free(name + "/scale"), scales, channels));
    String dequantized =
        graph.add(
            name + "/dequantized",
            OnnxNode.of("DequantizeLinear", stored, scale).with("axis", axis));
    graph.redirect(name, dequantized);
    return new QuantizedWeights(name, real.length, decibels, true);
  }
}
