package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Lets channels be convolved over, as efficient channel attention does (Wang et al. 2020, arXiv
 * 1910.03151, section 3.2): maps of one place {@code [batch, 1, 1, channels]} become one column of
 * a single channel, {@code [batch, channels, 1, 1]}, and such a column becomes maps of one place
 * again. The values stay in their order.
 *
 * <p>In between, a {@link Conv2d} with one filter of {@code k x 1} is PyTorch's {@code Conv1d} of
 * size k.
 */
public final class ChannelRowSwap2d extends PlainLayer {
  private static final long serialVersionUID = 1L;

  /** A layer without settings. */
  public ChannelRowSwap2d() {}

  @Override
  AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new ChannelRowSwapComputation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    if (maps.getWidth() != 1 || (maps.getHeight() != 1 && maps.getChannels() != 1)) {
      throw new IllegalArgumentException(
          "Layer \"%s\" takes maps of one place, or one column of a single channel, not %s"
              .formatted(layerName, maps));
    }
    return MapTypes.channelsLast(maps.getChannels(), 1, maps.getHeight());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public ChannelRowSwap2d clone() {
    return (ChannelRowSwap2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelRowSwap2d && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
