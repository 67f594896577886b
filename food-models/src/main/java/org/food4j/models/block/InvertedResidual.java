package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * MBConv: expansion, depthwise convolution, squeeze-and-excitation, projection, and the shortcut
 * where the shape stays the same (Sandler et al. 2018, arXiv 1801.04381, section 3.3, with the
 * attention and the SiLU of Tan and Le 2019, arXiv 1905.11946, section 4).
 *
 * @param inputs channels of the block's input
 * @param outputs channels of its output
 * @param expanded channels in between
 * @param kernel of the depthwise convolution
 * @param stride of the depthwise convolution
 */
public record InvertedResidual(int inputs, int outputs, int expanded, int kernel, int stride) {
  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    int part = 0;
    String x = input;
    if (expanded != inputs) {
      Convolution expansion = new Convolution(expanded, 1).then(Activation.SWISH);
      x = convolution(net, name, part++, x, expansion);
    }
    Convolution depthwise =
        new Convolution(expanded, kernel).stride(stride).depthwise().then(Activation.SWISH);
    x = convolution(net, name, part++, x, depthwise);
    int squeeze = Math.max(1, inputs / 4);
    x =
        new SqueezeExcitation(expanded, squeeze, Activation.SWISH)
            .wire(net, name + ".block." + part++, x);
    x = convolution(net, name, part, x, new Convolution(outputs, 1));
    boolean shortcut = stride == 1 && inputs == outputs;
    return shortcut ? net.add(name + ".add", x, input, Activation.IDENTITY) : x;
  }

  private static String convolution(
      NetworkBuilder net, String name, int part, String input, Convolution shape) {
    String module = name + ".block." + part;
    return net.convolution(module + ".0", module + ".1", input, shape);
  }
}
