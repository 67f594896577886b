package org.food4j.models.layer;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.food4j.models.activation.KnownFunctions;
import org.food4j.models.layer.ParameterSlot.Role;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Layer normalisation over the channels of each position (Ba et al. 2016, arXiv 1607.06450).
 *
 * <p>Input and output {@code [batch, height, width, channels]}. Parameters {@code gamma, beta
 * [channels]}. It has no running statistics and computes alike in training and at inference.
 */
public final class LayerNorm2d extends MapLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double eps = 1e-5;

  /** For deserialisation. */
  LayerNorm2d() {}

  private LayerNorm2d(Builder builder) {
    super(builder);
    eps = builder.eps;
    initializeConstraints(builder);
  }

  /** Added to the variance. */
  public double eps() {
    return eps;
  }

  @Override
  public Normalization normalization() {
    return null; // of batches there is none
  }

  @Override
  List<ParameterSlot> slots() {
    return List.of(
        new ParameterSlot(Normalization.GAMMA, Role.SCALE, nOut),
        new ParameterSlot(Normalization.BETA, Role.SHIFT, nOut));
  }

  @Override
  void initializeWeights(ParameterSlot slot, INDArray weights) {
    throw new IllegalStateException("Layer normalisation has no weights to initialise");
  }

  @Override
  MapComputation<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new LayerNorm2dComputation(configuration, type);
  }

  @Override
  InputType.InputTypeConvolutional outputOf(InputType.InputTypeConvolutional maps) {
    return MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), maps.getChannels());
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    super.setNIn(input, override);
    nOut = nIn;
  }

  @Override
  public LayerNorm2d clone() {
    return (LayerNorm2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerNorm2d that && super.equals(that) && eps == that.eps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), eps);
  }

  /** No activation function follows; a {@link FunctionLayer} applies one. */
  @SuppressWarnings("unchecked") // DL4J's build() declares any subclass of layer
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final double eps;

    /**
     * @param eps added to the variance, above 0
     * @throws IllegalArgumentException if it is not
     */
    public Builder(double eps) {
      if (!(eps > 0)) {
        throw new IllegalArgumentException("Eps is above 0, not " + eps);
      }
      this.eps = eps;
      activation(Activation.IDENTITY);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if an activation function was given
     */
    @Override
    public LayerNorm2d build() {
      if (!KnownFunctions.isIdentity(activationFn)) {
        throw new IllegalArgumentException(
            "Layer normalisation applies no function, but was given %s: add a FunctionLayer behind it"
                .formatted(activationFn));
      }
      return new LayerNorm2d(this);
    }
  }
}
