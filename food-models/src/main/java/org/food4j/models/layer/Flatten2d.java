package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Feature maps {@code [batch, height, width, channels]} as vectors {@code [batch, channels * height
 * * width]}, channels first: the order in which PyTorch flattens, so that the published weights of
 * a linear layer behind it fit.
 */
public final class Flatten2d extends PlainLayer {
  private static final long serialVersionUID = 1L;

  /** A layer without settings. */
  public Flatten2d() {}

  @Override
  AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new FlattenComputation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(MapTypes.maps(input, layerName).arrayElementsPerExample());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public Flatten2d clone() {
    return (Flatten2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Flatten2d && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
