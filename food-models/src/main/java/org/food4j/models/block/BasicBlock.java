package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * The two-convolution residual block (He et al. 2016, arXiv 1512.03385, figure 5 left), with
 * attention before the addition (Hu et al. 2018, figure 3).
 *
 * @param inputs channels of the block's input
 * @param width channels of both convolutions and of the output
 * @param stride of the first convolution and of the shortcut
 * @param attention on the second convolution
 * @param dropRate chance that training leaves the branch out
 */
public record BasicBlock(int inputs, int width, int stride, Attention attention, double dropRate) {
  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    Shortcut shortcut = new Shortcut(inputs, width, stride, false);
    if (net.isIdentity(name, shortcut.isIdentity())) {
      return input;
    }
    Convolution first = new Convolution(width, 3).stride(stride).then(Activation.RELU);
    String x = net.convolution(name + ".conv1", name + ".bn1", input, first);
    x = net.convolution(name + ".conv2", name + ".bn2", x, new Convolution(width, 3));
    x = attention.wire(net, name + ".se", x, width);
    String around = shortcut.wire(net, name, input);
    return net.residual(name + ".add", x, around, Activation.RELU, dropRate);
  }
}
