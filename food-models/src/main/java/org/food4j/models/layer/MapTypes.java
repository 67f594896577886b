package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** The input and output types of layers over feature maps. */
final class MapTypes {
  private MapTypes() {}

  /**
   * An input's type as maps.
   *
   * @throws IllegalStateException if it is something else, as DL4J's own layers say it
   */
  static InputType.InputTypeConvolutional maps(InputType input, String layer) {
    if (input instanceof InputType.InputTypeConvolutional maps) {
      return maps;
    }
    throw new IllegalStateException(
        "Layer \"%s\" takes feature maps, not %s".formatted(layer, input));
  }

  /** Maps with channels last. */
  static InputType.InputTypeConvolutional channelsLast(long height, long width, long channels) {
    return (InputType.InputTypeConvolutional)
        InputType.convolutional(height, width, channels, CNN2DFormat.NHWC);
  }

  /** What brings an input into the layout of our layers, or null if it is in it. */
  static InputPreProcessor preProcessor(InputType input, String layer) {
    return maps(input, layer).getFormat() == CNN2DFormat.NHWC
        ? null
        : new ChannelsLastPreProcessor();
  }
}
