package org.food4j.models.block;

import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * Squeeze-and-excitation (Hu et al. 2018, arXiv 1709.01507, section 3): channels weighted by a
 * two-layer perceptron on their means.
 *
 * @param channels of the feature map
 * @param squeeze width of the hidden layer, {@code channels / r} with the paper's reduction r
 * @param function of the hidden layer: a rectifier in the paper, SiLU in EfficientNet
 * @param gate between 0 and 1: a sigmoid in the paper, a hard one in MobileNetV3
 */
public record SqueezeExcitation(int channels, int squeeze, IActivation function, IActivation gate)
    implements AttentionBlock {
  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if the squeezed width is below 1 or above the channels
   */
  public SqueezeExcitation {
    requireSqueeze(channels, squeeze);
  }

  static void requireSqueeze(int channels, int squeeze) {
    if (squeeze < 1 || squeeze > channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The squeezed width lies between 1 and the %d channels, not at %d",
              channels,
              squeeze));
    }
  }

  /** With the paper's sigmoid. */
  public SqueezeExcitation(int channels, int squeeze, Activation function) {
    this(
        channels,
        squeeze,
        function.getActivationFunction(),
        Activation.SIGMOID.getActivationFunction());
  }

  /** EfficientNet's, whose hidden width counts from the block's input: a quarter of it. */
  public static SqueezeExcitation ofInvertedResidual(int inputs, int expanded) {
    return new SqueezeExcitation(expanded, Math.max(1, inputs / 4), Activation.SWISH);
  }

  @Override
  public String wire(NetworkBuilder net, String name, String input) {
    AttentionLayers layers = net.attention();
    String mean = layers.globalAverageMaps(name + ".squeeze", input);
    String hidden = layers.linear(name + ".fc1", mean, squeeze, function);
    String factors = layers.gate(name + ".fc2", hidden, channels, gate);
    return layers.channelScale(name + ".scale", input, factors);
  }
}
