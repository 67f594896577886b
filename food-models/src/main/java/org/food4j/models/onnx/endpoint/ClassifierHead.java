package org.food4j.models.onnx.endpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Optional;
import org.food4j.models.onnx.OnnxGraph;
import org.food4j.models.onnx.OnnxTensors;
import org.food4j.models.onnx.TensorType;
import org.food4j.models.onnx.TensorTypes;

/**
 * The end of a classifier: the fully connected layer that makes the logits, what it reads, and the
 * feature maps whose mean that is. Adds outputs to the model; not thread-safe.
 *
 * <p>The logits may pass through a softmax before they leave the model. The mean is a {@code
 * GlobalAveragePool}, or a {@code ReduceMean} over height and width.
 */
public final class ClassifierHead {
  /** Output with what the last layer reads, {@code [batch, channels]}. */
  public static final String FEATURES = "features";

  /** Output with the class activation map, {@code [batch, classes, height, width]}. */
  public static final String CLASS_ACTIVATION = "cam";

  private final OnnxGraph graph;
  private final ModelOutputs outputs;
  private final TensorProto weights;
  private final boolean transposed;
  private final NodeProto pooling;
  private final String features;

  private ClassifierHead(OnnxGraph graph, ModelOutputs outputs, HeadSearch.Found found) {
    this.graph = graph;
    this.outputs = outputs;
    this.weights = found.weights();
    this.transposed = found.transposed();
    this.features = found.features();
    this.pooling = HeadSearch.pooling(graph, features).orElse(null);
  }

  /**
   * Finds a classifier's head.
   *
   * @param output the output with the logits or probabilities, {@code [batch, classes]}
   * @throws IllegalArgumentException if the graph has no such output, or no fully connected layer
   *     of constant weights makes it
   */
  public static ClassifierHead of(ModelProto model, String output) {
    OnnxGraph graph = OnnxGraph.of(model);
    if (!graph.isOutput(output)) {
      throw new IllegalArgumentException(
          "The model has no output '%s', only %s".formatted(output, graph.outputs()));
    }
    HeadSearch.Found found =
        HeadSearch.lastLayer(graph, output)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Output '%s' is not made by a fully connected layer (Gemm or MatMul) of constant weights: there is no feature vector before it"
                            .formatted(output)));
    return new ClassifierHead(graph, new ModelOutputs(graph), found);
  }

  /** Length of the feature vector. */
  public long channels() {
    return weights.getDims(transposed ? 1 : 0);
  }

  /** Number of logits. */
  public long classes() {
    return weights.getDims(transposed ? 0 : 1);
  }

  /**
   * The tensor with the feature maps {@code [batch, channels, height, width]} whose mean over all
   * positions the last layer reads; absent if it reads something else, as in VGG.
   */
  public Optional<String> maps() {
    return Optional.ofNullable(pooling).map(node -> node.getInput(0));
  }

  /**
   * Makes what the last layer reads the output {@value #FEATURES}.
   *
   * @throws IllegalArgumentException if the last layer is not float32, or the model has an input or
   *     output of that name
   */
  public void addFeatures() {
    requireFloat(FEATURES);
    NodeProto.Builder same = NodeProto.newBuilder().setOpType("Identity").addInput(features);
    outputs.add(same, FEATURES, ModelOutputs.FREE, channels());
  }

  /**
   * Makes the class activation map the output {@value #CLASS_ACTIVATION}: the weights of the last
   * layer applied at every position of the feature maps, without its bias (Zhou et al. 2016,
   * "Learning Deep Features for Discriminative Localization", equation 2). Its mean over all
   * positions is the logits less the bias.
   *
   * @param height of the feature maps, or -1 if it is not known
   * @param width likewise
   * @throws IllegalArgumentException if the last layer does not read the mean of feature maps of
   *     two dimensions, is not float32, or the model has an input or output of that name
   */
  public void addClassActivation(long height, long width) {
    String maps = maps().orElseThrow(ClassifierHead::noMean);
    TensorType type = TensorTypes.of(graph).type(maps);
    if (type.ranked() && !type.hasRank(4)) {
      throw new IllegalArgumentException(
          "The last layer reads the mean of '%s' %s, and a class activation map is made of [batch, channels, height, width]"
              .formatted(maps, type.shape()));
    }
    requireFloat(CLASS_ACTIVATION);
    long[] shape = {classes(), channels(), 1, 1};
    String kernels =
        graph.put(OnnxTensors.floats(graph.free(CLASS_ACTIVATION + "/W"), kernels(), shape));
    NodeProto.Builder everywhere =
        NodeProto.newBuilder().setOpType("Conv").addInput(maps).addInput(kernels);
    outputs.add(everywhere, CLASS_ACTIVATION, ModelOutputs.FREE, classes(), height, width);
  }

  private void requireFloat(String output) {
    if (OnnxTensors.type(weights) != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "The last layer's weights '%s' are of type %s, and output '%s' is float32: add it to the float32 model, and convert that"
              .formatted(weights.getName(), OnnxTensors.type(weights), output));
    }
  }

  private static IllegalArgumentException noMean() {
    return new IllegalArgumentException(
        "The last layer does not read the mean of feature maps (global average pooling), so what it"
            + " says has no form for a single position: there is no class activation map of this"
            + " network. Grad-CAM ('food explain' on a run) has no such need");
  }

  /** {@code [classes, channels]} of either order. */
  private float[] kernels() {
    float[] values = OnnxTensors.floats(weights);
    if (transposed) {
      return values;
    }
    int classes = Math.toIntExact(classes());
    int channels = values.length / classes;
    float[] kernels = new float[values.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int k = 0; k < classes; k++) {
        kernels[k * channels + channel] = values[channel * classes + k];
      }
    }
    return kernels;
  }

  /** The model with the outputs that were added, after those it had. */
  public ModelProto toModel() {
    return outputs.toModel();
  }
}
