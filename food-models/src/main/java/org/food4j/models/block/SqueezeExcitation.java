package org.food4j.models.block;

import java.util.Locale;
import org.nd4j.linalg.activations.Activation;

/**
 * Squeeze-and-excitation (Hu et al. 2018, arXiv 1709.01507, section 3): channels weighted by a
 * two-layer perceptron on their means.
 *
 * @param channels of the feature map
 * @param squeeze width of the hidden layer, {@code channels / r} with the paper's reduction r
 * @param function of the hidden layer: a rectifier in the paper, SiLU in EfficientNet
 */
public record SqueezeExcitation(int channels, int squeeze, Activation function) {
  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if the squeezed width is below 1 or above the channels
   */
  public SqueezeExcitation {
    if (squeeze < 1 || squeeze > channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The squeezed width lies between 1 and the %d channels, not at %d",
              channels,
              squeeze));
    }
  }

  /** Adds the block and returns the name of its output, of the input's shape. */
  public String wire(NetworkBuilder net, String name, String input) {
    String mean = net.globalAverageMaps(name + ".squeeze", input);
    String hidden = net.linear(name + ".fc1", mean, squeeze, function);
    String factors = net.linear(name + ".fc2", hidden, channels, Activation.SIGMOID);
    return net.channelScale(name + ".scale", input, factors);
  }
}
