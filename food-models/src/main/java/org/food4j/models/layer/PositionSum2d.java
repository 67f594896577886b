package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A function of each channel's sum over all positions: {@code [batch, height, width, channels]} to
 * maps of one place, {@code [batch, 1, 1, channels]}. Behind {@link GlobalMeanMax2d} and a
 * perceptron, with the sigmoid, it is the end of channel attention (Woo et al. 2018, arXiv
 * 1807.06521, eq. 2).
 */
public final class PositionSum2d extends PlainLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private IActivation function;

  /** For deserialisation. */
  PositionSum2d() {}

  /**
   * @param function applied to the sum; the identity for none
   */
  public PositionSum2d(IActivation function) {
    this.function = Objects.requireNonNull(function);
  }

  /** What is applied to the sum. */
  public IActivation function() {
    return function;
  }

  @Override
  AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new PositionSumComputation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return MapTypes.channelsLast(1, 1, MapTypes.maps(input, layerName).getChannels());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public PositionSum2d clone() {
    return (PositionSum2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionSum2d that
        && super.equals(that)
        && Objects.equals(function, that.function);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), function);
  }
}
