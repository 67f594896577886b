package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * The three-convolution residual block (He et al. 2016, arXiv 1512.03385, figure 5 right), with
 * attention before the addition (Hu et al. 2018, figure 3).
 *
 * @param inputs channels of the block's input
 * @param width channels of the 3x3 convolution; the output has four times as many
 * @param stride of the block
 * @param form which convolution has the stride, and whether they have biases
 * @param attention on the last convolution
 * @param dropRate chance that training leaves the branch out
 */
public record Bottleneck(
    int inputs, int width, int stride, Form form, Attention attention, double dropRate) {
  /** Channels of the output for each channel of the 3x3 convolution. */
  public static final int EXPANSION = 4;

  /** The two forms in which weights are published. */
  public enum Form {
    /** torchvision's: the stride in the 3x3 convolution, no biases. */
    TORCHVISION,

    /** Keras': the stride in the first 1x1 convolution, as in the paper, and biases. */
    KERAS
  }

  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    int outputs = width * EXPANSION;
    boolean biased = form == Form.KERAS;
    Shortcut shortcut = new Shortcut(inputs, outputs, stride, biased);
    if (net.isIdentity(name, shortcut.isIdentity())) {
      return input;
    }
    Convolution reduce = convolution(width, 1).stride(biased ? stride : 1).then(Activation.RELU);
    Convolution spatial = convolution(width, 3).stride(biased ? 1 : stride).then(Activation.RELU);
    String x = net.convolution(name + ".conv1", name + ".bn1", input, reduce);
    x = net.convolution(name + ".conv2", name + ".bn2", x, spatial);
    x = net.convolution(name + ".conv3", name + ".bn3", x, convolution(outputs, 1));
    x = attention.wire(net, name + ".se", x, outputs);
    String around = shortcut.wire(net, name, input);
    return net.residual(name + ".add", x, around, Activation.RELU, dropRate);
  }

  private Convolution convolution(int filters, int kernel) {
    Convolution plain = new Convolution(filters, kernel);
    return form == Form.KERAS ? plain.withBias() : plain;
  }
}
