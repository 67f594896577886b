package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * The three-convolution residual block (He et al. 2016, arXiv 1512.03385, figure 5 right), with the
 * stride in the 3x3 convolution as torchvision has it.
 *
 * @param inputs channels of the block's input
 * @param width channels of the 3x3 convolution; the output has four times as many
 * @param stride of the 3x3 convolution and of the shortcut
 */
public record Bottleneck(int inputs, int width, int stride) {
  /** Channels of the output for each channel of the 3x3 convolution. */
  public static final int EXPANSION = 4;

  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    Convolution reduce = new Convolution(width, 1).then(Activation.RELU);
    Convolution spatial = new Convolution(width, 3).stride(stride).then(Activation.RELU);
    Convolution expand = new Convolution(width * EXPANSION, 1);
    String x = net.convolution(name + ".conv1", name + ".bn1", input, reduce);
    x = net.convolution(name + ".conv2", name + ".bn2", x, spatial);
    x = net.convolution(name + ".conv3", name + ".bn3", x, expand);
    String shortcut = new Shortcut(inputs, width * EXPANSION, stride).wire(net, name, input);
    return net.add(name + ".add", x, shortcut, Activation.RELU);
  }
}
