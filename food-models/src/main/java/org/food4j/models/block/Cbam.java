package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * The convolutional block attention module (Woo et al. 2018, arXiv 1807.06521): channels weighted
 * by one two-layer perceptron on their means and maxima (eq. 2), then positions weighted by a 7x7
 * convolution over the mean and maximum of their channels (eq. 3).
 *
 * @param channels of the feature map
 * @param squeeze width of the perceptron's hidden layer, {@code channels / r} with the paper's
 *     reduction r
 */
public record Cbam(int channels, int squeeze) implements AttentionBlock {
  private static final int SPATIAL_KERNEL = 7;

  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if the squeezed width is below 1 or above the channels
   */
  public Cbam {
    SqueezeExcitation.requireSqueeze(channels, squeeze);
  }

  @Override
  public String wire(NetworkBuilder net, String name, String input) {
    AttentionLayers layers = net.attention();
    // mean and maximum are two positions of one map, so that they share the perceptron's weights
    String both = layers.globalMeanAndMax(name + ".squeeze", input);
    String hidden =
        layers.linear(name + ".fc1", both, squeeze, Activation.RELU.getActivationFunction());
    String votes = layers.projection(name + ".fc2", hidden, channels);
    String factors = layers.gateOfSum(name + ".channel_gate", votes);
    String scaled = layers.channelScale(name + ".channel_scale", input, factors);
    String maps = layers.channelMeanAndMax(name + ".compress", scaled);
    Convolution spatial = new Convolution(1, SPATIAL_KERNEL).then(Activation.SIGMOID);
    String places = net.convolution(name + ".spatial", maps, spatial);
    return layers.positionScale(name + ".scale", scaled, places);
  }
}
