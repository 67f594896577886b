package org.food4j.models.layer;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation of feature maps and an activation function, {@code y = f(bn(x))}, where no
 * convolution precedes it: behind one, {@link Conv2d} does both at once.
 *
 * <p>Input and output {@code [batch, height, width, channels]}. Parameters {@code gamma, beta,
 * mean, var [channels]}; statistics as in {@link Conv2d}.
 */
public final class BatchNorm2d extends MapLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Normalization normalization;

  /** For deserialisation. */
  BatchNorm2d() {}

  private BatchNorm2d(Builder builder) {
    super(builder);
    normalization = builder.normalization;
    initializeConstraints(builder);
  }

  @Override
  public Normalization normalization() {
    return normalization;
  }

  @Override
  List<ParameterSlot> slots() {
    return Normalization.slots(nOut);
  }

  @Override
  void initializeWeights(ParameterSlot slot, INDArray weights) {
    throw new IllegalStateException("Batch normalisation has no weights to initialise");
  }

  @Override
  MapComputation<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new BatchNorm2dComputation(configuration, type);
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
  public BatchNorm2d clone() {
    return (BatchNorm2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BatchNorm2d that
        && super.equals(that)
        && Objects.equals(normalization, that.normalization);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), normalization);
  }

  /** No activation function unless one is named. */
  @SuppressWarnings("unchecked") // DL4J's build() declares any subclass of layer
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final Normalization normalization;

    /** With these settings. */
    public Builder(Normalization normalization) {
      this.normalization = Objects.requireNonNull(normalization);
      activation(Activation.IDENTITY);
    }

    @Override
    public BatchNorm2d build() {
      return new BatchNorm2d(this);
    }
  }
}
