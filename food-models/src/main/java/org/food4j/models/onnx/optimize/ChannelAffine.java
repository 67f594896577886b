package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;

/**
 * A node that computes {@code scale[c] * x + shift[c]} with constants for each channel: batch
 * normalisation at inference (Ioffe &amp; Szegedy 2015, algorithm 2), or arithmetic with a
 * constant.
 *
 * @param input the tensor {@code x}
 * @param scale for each channel; not copied
 * @param shift for each channel; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record ChannelAffine(String input, double[] scale, double[] shift) {
  /** BatchNormalization's inputs. */
  private static final int GAMMA = 1;

  private static final int BETA = 2;
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;

  /** One place for each input of the arithmetic operators. */
  private static final int OPERANDS = 2;

  /**
   * Reads a node.
   *
   * @param x what is known of the tensor that has channels, before or after the node
   * @param axis of the channels
   * @param channels how many there are
   * @return empty if it is another operator, or its constants differ within a channel
   */
  static Optional<ChannelAffine> of(
      OnnxGraph graph, NodeProto node, TensorType x, int axis, int channels) {
    if (!OnnxGraph.standard(node) || !x.ranked()) {
      return Optional.empty();
    }
    return switch (node.getOpType()) {
      case "BatchNormalization" ->
          axis == 1 ? batchNormalization(graph, node, channels) : Optional.empty();
      case "Mul", "Div", "Add", "Sub" -> arithmetic(graph, node, x.shape().size(), axis, channels);
      default -> Optional.empty();
    };
  }

  private static Optional<ChannelAffine> batchNormalization(
      OnnxGraph graph, NodeProto node, int channels) {
    OnnxAttributes attributes = OnnxAttributes.of(node);
    if (attributes.integer("training_mode", 0) != 0
        || attributes.integer("spatial", 1) != 1
        || node.getInputCount() <= VARIANCE
        || node.getOutputList().stream().skip(1).anyMatch(name -> !name.isEmpty())) {
      return Optional.empty();
    }
    float[][] constants = new float[VARIANCE + 1][];
    for (int i = GAMMA; i <= VARIANCE; i++) {
      Optional<TensorProto> constant = graph.constant(node.getInput(i)).filter(ChannelAffine::real);
      if (constant.isEmpty() || OnnxTensors.count(constant.get()) != channels) {
        return Optional.empty();
      }
      constants[i] = OnnxTensors.floats(constant.get());
    }
    double eps = attributes.real("epsilon", 1e-5f);
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = constants[GAMMA][c] / Math.sqrt(constants[VARIANCE][c] + eps);
      shift[c] = constants[BETA][c] - constants[MEAN][c] * scale[c];
    }
    return finite(new ChannelAffine(node.getInput(0), scale, shift));
  }

  private static Optional<ChannelAffine> arithmetic(
      OnnxGraph graph, NodeProto node, int rank, int axis, int channels) {
    if (node.getInputCount() != OPERANDS) {
      return Optional.empty();
    }
    Optional<TensorProto> left = graph.constant(node.getInput(0));
    Optional<TensorProto> right = graph.constant(node.getInput(1));
    if (left.isPresent() == right.isPresent()) {
      return Optional.empty();
    }
    boolean reversed = left.isPresent();
    String input = node.getInput(reversed ? 1 : 0);
    Optional<double[]> constant =
        spread(reversed ? left.get() : right.orElseThrow(), rank, axis, channels);
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    double[] zeros = new double[channels];
    return constant.flatMap(
        k ->
            switch (node.getOpType()) {
              case "Mul" -> finite(new ChannelAffine(input, k, zeros));
              case "Add" -> finite(new ChannelAffine(input, ones, k));
              case "Div" ->
                  reversed
                      ? Optional.empty()
                      : finite(new ChannelAffine(input, each(k, v -> 1 / v), zeros));
              default ->
                  finite(
                      reversed
                          ? new ChannelAffine(input, each(ones, v -> -v), k)
                          : new ChannelAffine(input, ones, each(k, v -> -v)));
            });
  }

  /** The constant for each channel, if it does not differ otherwise and adds no dimension. */
  private static Optional<double[]> spread(TensorProto constant, int rank, int axis, int channels) {
    List<Long> shape = constant.getDimsList();
    int missing = rank - shape.size();
    if (missing < 0 || !real(constant)) {
      return Optional.empty();
    }
    for (int i = 0; i < shape.size(); i++) {
      boolean perChannel = i + missing == axis && shape.get(i) == channels;
      if (shape.get(i) != 1 && !perChannel) {
        return Optional.empty();
      }
    }
    float[] values = OnnxTensors.floats(constant);
    double[] result = new double[channels];
    for (int c = 0; c < channels; c++) {
      result[c] = values[values.length == 1 ? 0 : c];
    }
    return Optional.of(result);
  }

  private static boolean real(TensorProto tensor) {
    return tensor.getDataType() == DataType.FLOAT_VALUE;
  }

  private static double[] each(double[] values, java.util.function.DoubleUnaryOperator function) {
    return Arrays.stream(values).map(function).toArray();
  }

  /** Folding an infinite factor would turn weights of 0 into NaN. */
  private static Optional<ChannelAffine> finite(ChannelAffine affine) {
    return Arrays.stream(affine.scale).allMatch(Double::isFinite)
            && Arrays.stream(affine.shift).allMatch(Double::isFinite)
        ? Optional.of(affine)
        : Optional.empty();
  }

  /** Whether nothing is added. */
  boolean isScaleOnly() {
    return Arrays.stream(shift).allMatch(v -> v == 0);
  }
}
