package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;
import org.food4j.models.onnx.OnnxAttributes;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;

/**
 * A Conv, ConvTranspose, Gemm or MatMul with constant float32 weights, seen as rows of weights from
 * input to output channels. Weights that it shares with others of the kind are copied when it
 * changes.
 */
final class LinearOperator {
  private final OnnxGraph graph;
  private final NodeProto node;
  private final String operator;
  private final TensorProto given;
  private final Optional<TensorProto> givenBias;
  private final long[] shape;
  private final int group;
  private final int window;

  /** Whether dimension 0 of the weights is the outputs. */
  private final boolean outputsFirst;

  private LinearOperator(
      OnnxGraph graph, NodeProto node, TensorProto weights, Optional<TensorProto> bias) {
    this.graph = graph;
    this.node = node;
    operator = node.getOpType();
    given = weights;
    givenBias = bias;
    shape = OnnxTensors.shape(weights);
    OnnxAttributes attributes = OnnxAttributes.of(node);
    boolean convolution = operator.startsWith("Conv");
    group = convolution ? Math.toIntExact(attributes.integer("group", 1)) : 1;
    window = Math.toIntExact(OnnxTensors.count(shape) / Math.max(1, shape[0] * shape[1]));
    outputsFirst =
        operator.equals("Conv") || operator.equals("Gemm") && attributes.integer("transB", 0) != 0;
  }

  /**
   * Reads a node; empty if it is another one, its weights are not constant, or something reads them
   * as other than weights: an embedding that is tied to a last layer is not worth a copy.
   */
  static Optional<LinearOperator> of(OnnxGraph graph, NodeProto node) {
    if (!hasWeights(node)
        || graph.keepsName(node.getInput(1))
        || !graph.readers(node.getInput(1)).stream()
            .allMatch(r -> hasWeights(r) && r.getInput(1).equals(node.getInput(1)))) {
      return Optional.empty();
    }
    Optional<TensorProto> weights =
        graph.constant(node.getInput(1)).filter(w -> w.getDataType() == DataType.FLOAT_VALUE);
    boolean biased = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
    Optional<TensorProto> bias = biased ? graph.constant(node.getInput(2)) : Optional.empty();
    boolean flat = node.getOpType().equals("Gemm") || node.getOpType().equals("MatMul");
    if (weights.isEmpty()
        || node.getInput(0).equals(node.getInput(1))
        || biased && bias.isEmpty()
        || flat && weights.get().getDimsCount() != 2
        || !flat && weights.get().getDimsCount() < 3) {
      return Optional.empty();
    }
    LinearOperator linear = new LinearOperator(graph, node, weights.get(), bias);
    boolean complete =
        linear.group >= 1
            && OnnxTensors.count(linear.shape) > 0
            && linear.shape[0] % linear.group == 0
            && (bias.isEmpty() || linear.fits(bias.get()));
    return complete ? Optional.of(linear) : Optional.empty();
  }

  private static boolean hasWeights(NodeProto node) {
    return switch (node.getOpType()) {
      case "Conv", "ConvTranspose", "Gemm", "MatMul" ->
          OnnxGraph.standard(node) && node.getInputCount() > 1;
      default -> false;
    };
  }

  /** One value for each output, or one for all where the operator broadcasts. */
  private boolean fits(TensorProto bias) {
    long[] dimensions = OnnxTensors.shape(bias);
    long count = OnnxTensors.count(dimensions);
    boolean row = dimensions.length == 0 || dimensions[dimensions.length - 1] == count;
    boolean all = operator.equals("Gemm") && count == 1;
    return bias.getDataType() == DataType.FLOAT_VALUE && row && (count == outputs() || all);
  }

  /** Number of output channels or features. */
  int outputs() {
    return Math.toIntExact(outputsFirst ? shape[0] : shape[1] * group);
  }

  /** Number of input channels or features. */
  int inputs() {
    return Math.toIntExact(outputsFirst ? shape[1] * group : shape[0]);
  }

  /** Rank of the input and the output; 0 if the operator takes any. */
  int rank() {
    return operator.equals("MatMul") ? 0 : shape.length;
  }

  /** Whether it can add a constant to each output. */
  boolean takesBias() {
    return !operator.equals("MatMul");
  }

  /** Whether every output sees all its inputs: no padding stands in for some. */
  boolean isUnpadded() {
    OnnxAttributes attributes = OnnxAttributes.of(node);
    String auto = attributes.text("auto_pad", "NOTSET");
    return switch (operator) {
      case "Conv" ->
          auto.equals("VALID")
              || auto.equals("NOTSET")
                  && Arrays.stream(attributes.integers("pads", 1, 0)).allMatch(pad -> pad == 0);
      case "Gemm" -> true;
      default -> false;
    };
  }

  /** Whether the rows of the input are the samples. */
  boolean takesRows() {
    return !operator.equals("Gemm") || OnnxAttributes.of(node).integer("transA", 0) == 0;
  }

  /**
   * Puts the operator with an affine function of its outputs into the graph.
   *
   * @param output the tensor to make, which nothing makes at present but the old node
   */
  void foldOutputs(double[] scale, double[] shift, String output) {
    float[] weights = weights();
    double[] bias = bias();
    double alpha = alpha();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (alpha * weights[i] * scale[output(i)]);
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = bias[i] * scale[i] + shift[i];
    }
    replace(weights, bias, node.getInput(0), output);
  }

  /**
   * Puts the operator with an affine function of its inputs into the graph.
   *
   * @param input the tensor to read
   */
  void foldInputs(double[] scale, double[] shift, String input) {
    float[] weights = weights();
    double[] bias = bias();
    double alpha = alpha();
    for (int i = 0; i < weights.length; i++) {
      int from = input(i);
      double weight = alpha * weights[i];
      bias[output(i)] += weight * shift[from];
      weights[i] = (float) (weight * scale[from]);
    }
    replace(weights, bias, input, node.getOutput(0));
  }

  private float[] weights() {
    return OnnxTensors.floats(given);
  }

  private double[] bias() {
    double beta = operator.equals("Gemm") ? OnnxAttributes.of(node).real("beta", 1) : 1;
    double[] bias = new double[outputs()];
    if (givenBias.isPresent()) {
      float[] values = OnnxTensors.floats(givenBias.get());
      Arrays.setAll(bias, i -> beta * values[values.length == 1 ? 0 : i]);
    }
    return bias;
  }

  private double alpha() {
    return operator.equals("Gemm") ? OnnxAttributes.of(node).real("alpha", 1) : 1;
  }

  private int output(int index) {
    int within = within(index);
    int first = first(index);
    if (outputsFirst) {
      return first;
    }
    int inputsPerGroup = Math.toIntExact(shape[0]) / group;
    return first / inputsPerGroup * Math.toIntExact(shape[1]) + within;
  }

  private int input(int index) {
    int within = within(index);
    int first = first(index);
    if (!outputsFirst) {
      return first;
    }
    int outputsPerGroup = Math.toIntExact(shape[0]) / group;
    return first / outputsPerGroup * Math.toIntExact(shape[1]) + within;
  }

  private int first(int index) {
    return index / window / Math.toIntExact(shape[1]);
  }

  private int within(int index) {
    return index / window % Math.toIntExact(shape[1]);
  }

  private void replace(float[] weights, double[] bias, String input, String output) {
    String name = node.getInput(1);
    NodeProto.Builder changed = node.toBuilder().clearInput().addInput(input);
    changed.addInput(graph.put(OnnxTensors.floats(graph.free(name + "/folded"), weights, shape)));
    if (takesBias()) {
      float[] added = new float[bias.length];
      for (int i = 0; i < added.length; i++) {
        added[i] = (float) bias[i];
      }
      String wanted = graph.free(name + "/bias");
      changed.addInput(graph.put(OnnxTensors.floats(wanted, added, added.length)));
    }
    NodeProto plain = changed.setOutput(0, output).build();
    if (operator.equals("Gemm")) {
      plain = OnnxAttributes.of(OnnxAttributes.of(plain).without("alpha")).without("beta");
    }
    graph.replace(node, plain);
  }
}
