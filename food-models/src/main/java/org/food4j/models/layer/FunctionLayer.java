package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An element-wise function of feature maps {@code [batch, height, width, channels]} or of vectors
 * {@code [batch, channels]}, where no other layer of this package can apply it.
 */
public final class FunctionLayer extends PlainLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private IActivation function = Activation.IDENTITY.getActivationFunction();

  /** For deserialisation. */
  FunctionLayer() {}

  /** Applies this function. */
  public FunctionLayer(IActivation function) {
    this.function = Objects.requireNonNull(function);
  }

  /** What is applied. */
  public IActivation function() {
    return function;
  }

  @Override
  AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new FunctionComputation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    if (input instanceof InputType.InputTypeFeedForward) {
      return input;
    }
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    return MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), maps.getChannels());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return input instanceof InputType.InputTypeFeedForward
        ? null
        : MapTypes.preProcessor(input, layerName);
  }

  @Override
  public FunctionLayer clone() {
    return (FunctionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionLayer that
        && super.equals(that)
        && function.equals(that.function);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), function);
  }
}
