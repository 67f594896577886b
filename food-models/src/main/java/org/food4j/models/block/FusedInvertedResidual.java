package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * Fused MBConv: one full convolution in place of expansion and depthwise convolution, then the
 * projection (Tan and Le 2021, arXiv 2104.00298, figure 2). Without expansion it is the full
 * convolution alone.
 *
 * @param inputs channels of the block's input
 * @param outputs channels of its output
 * @param expansion channels in between for each input
 * @param kernel of the full convolution
 * @param stride of the full convolution
 * @param dropRate chance that training leaves the branch out
 */
public record FusedInvertedResidual(
    int inputs, int outputs, int expansion, int kernel, int stride, double dropRate) {
  /** Adds the block and returns the name of its output. */
  public String wire(NetworkBuilder net, String name, String input) {
    boolean shortcut = stride == 1 && inputs == outputs;
    if (net.isIdentity(name, shortcut)) {
      return input;
    }
    int filters = expansion == 1 ? outputs : inputs * expansion;
    Convolution full = new Convolution(filters, kernel).stride(stride).then(Activation.SWISH);
    String x = InvertedResidual.convolution(net, name, 0, input, full);
    if (expansion != 1) {
      x = InvertedResidual.convolution(net, name, 1, x, new Convolution(outputs, 1));
    }
    return shortcut ? net.residual(name + ".add", x, input, Activation.IDENTITY, dropRate) : x;
  }
}
