package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * The two-convolution residual block (He et al. 2016, arXiv 1512.03385, figure 5 left) with
 * squeeze-and-excitation before the addition (Hu et al. 2018, figure 3).
 *
 * @param inputs channels of the block's input
 * @param width channels of both convolutions and of the output
 * @param stride of the first convolution and of the shortcut
 * @param reduction of the squeeze: its width is {@code width / reduction}
 */
public record ResidualBlock(int inputs, int width, int stride, int reduction) {
  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    String x = net.convolution(name + ".conv1", input, width, 3, stride);
    x = net.batchNorm(name + ".bn1", x);
    x = net.activation(name + ".relu1", x, Activation.RELU);
    x = net.convolution(name + ".conv2", x, width, 3, 1);
    x = net.batchNorm(name + ".bn2", x);
    x = new SqueezeExcitation(width, width / reduction).wire(net, name + ".se", x);
    x = net.add(name + ".add", x, shortcut(net, name, input));
    return net.activation(name + ".relu2", x, Activation.RELU);
  }

  private String shortcut(NetworkBuilder net, String name, String input) {
    if (stride == 1 && inputs == width) {
      return input;
    }
    String x = net.convolution(name + ".downsample.0", input, width, 1, stride);
    return net.batchNorm(name + ".downsample.1", x);
  }
}
