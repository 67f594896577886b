package org.food4j.models.graph;

import java.util.Locale;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.inference.Classifier;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A DL4J graph as a {@link Classifier}. The graph has one input {@code [batch, 3, size, size]} and
 * one output, the logits. Calls are computed one after the other.
 */
public final class GraphClassifier implements Classifier {
  private final ComputationGraph graph;
  private final int inputSize;
  private final int classes;

  /**
   * @param graph initialised; not copied, so that training it further changes the answers
   * @param inputSize height and width of the input in pixels
   * @throws IllegalArgumentException if the graph is of another form
   */
  public GraphClassifier(ComputationGraph graph, int inputSize) {
    this.graph = graph;
    this.inputSize = inputSize;
    if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A classifier's graph has one input and one output, not %d and %d",
              graph.getNumInputArrays(),
              graph.getNumOutputArrays()));
    }
    String output = graph.getConfiguration().getNetworkOutputs().get(0);
    requireLogits(output);
    // DL4J gives a loss layer's own output type a size of 0: its input has the logits' shape
    String logits =
        graph.getLayer(output).conf().getLayer() instanceof LossLayer
            ? graph.getConfiguration().getVertexInputs().get(output).get(0)
            : output;
    classes =
        Math.toIntExact(
            graph
                .getConfiguration()
                .getLayerActivationTypes(InputType.convolutional(inputSize, inputSize, 3))
                .get(logits)
                .arrayElementsPerExample());
  }

  private void requireLogits(String output) {
    var layer = graph.getLayer(output).conf().getLayer();
    boolean identity =
        layer instanceof LossLayer loss
            ? loss.getActivationFn() instanceof ActivationIdentity
            : !(layer instanceof BaseOutputLayer end)
                || end.getActivationFn() instanceof ActivationIdentity;
    if (!identity) {
      throw new IllegalArgumentException(
          "The graph's output '%s' is not logits: its activation is applied inside"
              .formatted(output));
    }
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int inputSize() {
    return inputSize;
  }

  @Override
  public float[] logits(float[] input, int batch) {
    int length = 3 * inputSize * inputSize;
    if (batch < 1 || input.length != (long) batch * length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d photos of 3 x %d x %d are %d floats, not %d",
              batch,
              inputSize,
              inputSize,
              (long) batch * length,
              input.length));
    }
    INDArray photos = Nd4j.create(input, new long[] {batch, 3, inputSize, inputSize}, 'c');
    INDArray logits = graph.outputSingle(false, photos);
    return logits.dup('c').data().asFloat();
  }

  @Override
  public String runtime() {
    return NativeEngine.start().description();
  }

  /** Nothing to release: the graph's memory is ND4J's. */
  @Override
  public void close() {}
}
