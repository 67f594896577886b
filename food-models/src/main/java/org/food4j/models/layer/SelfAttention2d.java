package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Multi-head attention among the positions of a feature map (Vaswani et al. 2017, arXiv 1706.03762,
 * section 3.2): each position becomes a mean of all positions' values, weighted by {@code softmax(q
 * k' / sqrt(channels / heads))}.
 *
 * <p>Input {@code [batch, height, width, 3 * channels]}: queries, then keys, then values, each head
 * by head, as one linear layer in front of it makes them (a 1x1 {@link Conv2d}); output {@code
 * [batch, height, width, channels]}. No parameters, no position encoding. The weights take {@code
 * batch * heads * (height * width)^2} values of memory: for small maps.
 */
public final class SelfAttention2d extends PlainLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int heads = 1;

  /** For deserialisation. */
  SelfAttention2d() {}

  /**
   * @param heads groups of channels that attend by themselves, at least 1; they must divide the
   *     channels evenly
   * @throws IllegalArgumentException if it is below 1
   */
  public SelfAttention2d(int heads) {
    if (heads < 1) {
      throw new IllegalArgumentException("Attention has at least 1 head, not " + heads);
    }
    this.heads = heads;
  }

  /** Groups of channels that attend by themselves. */
  public int heads() {
    return heads;
  }

  @Override
  AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new SelfAttentionComputation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    if (maps.getChannels() % (3L * heads) != 0) {
      throw new IllegalArgumentException(
          "Layer \"%s\" takes queries, keys and values of %d heads beside each other; %d channels do not divide by %d"
              .formatted(layerName, heads, maps.getChannels(), 3L * heads));
    }
    return MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), maps.getChannels() / 3);
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public SelfAttention2d clone() {
    return (SelfAttention2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SelfAttention2d that && super.equals(that) && heads == that.heads;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), heads);
  }
}
