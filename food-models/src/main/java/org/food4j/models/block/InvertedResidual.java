package org.food4j.models.block;

import java.util.Optional;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * MBConv: expansion, depthwise convolution, attention, projection, and the shortcut where the shape
 * stays the same (Sandler et al. 2018, arXiv 1801.04381, section 3.3, with the attention of Tan and
 * Le 2019, arXiv 1905.11946, section 4, and of Howard et al. 2019, arXiv 1905.02244, section 5.3).
 *
 * @param inputs channels of the block's input
 * @param outputs channels of its output
 * @param expanded channels in between; no expansion where they are the inputs
 * @param kernel of the depthwise convolution
 * @param stride of the depthwise convolution
 * @param function after expansion and depthwise convolution
 * @param attention on the depthwise convolution
 * @param dropRate chance that training leaves the branch out
 */
public record InvertedResidual(
    int inputs,
    int outputs,
    int expanded,
    int kernel,
    int stride,
    IActivation function,
    Optional<AttentionBlock> attention,
    double dropRate) {
  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    boolean shortcut = stride == 1 && inputs == outputs;
    if (net.isIdentity(name, shortcut)) {
      return input;
    }
    int part = 0;
    String x = input;
    if (expanded != inputs) {
      Convolution expansion = new Convolution(expanded, 1).then(function);
      x = convolution(net, name, part++, x, expansion);
    }
    Convolution depthwise =
        new Convolution(expanded, kernel).stride(stride).depthwise().then(function);
    x = convolution(net, name, part++, x, depthwise);
    if (attention.isPresent()) {
      x = attention.get().wire(net, name + ".block." + part++, x);
    }
    x = convolution(net, name, part, x, new Convolution(outputs, 1));
    return shortcut ? net.residual(name + ".add", x, input, Activation.IDENTITY, dropRate) : x;
  }

  static String convolution(
      NetworkBuilder net, String name, int part, String input, Convolution shape) {
    String module = name + ".block." + part;
    return net.convolution(module + ".0", module + ".1", input, shape);
  }
}
