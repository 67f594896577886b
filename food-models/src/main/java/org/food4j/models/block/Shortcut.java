package org.food4j.models.block;

/**
 * A residual block's way around its convolutions: the identity, or a 1x1 convolution with batch
 * normalisation where the shape changes (He et al. 2016, section 3.3, option B).
 *
 * @param inputs channels of the block's input
 * @param outputs channels of its output
 * @param stride of the block
 */
record Shortcut(int inputs, int outputs, int stride) {
  /** Returns the name of what is to be added. */
  String wire(NetworkBuilder net, String block, String input) {
    return stride == 1 && inputs == outputs
        ? input
        : net.convolution(
            block + ".downsample.0",
            block + ".downsample.1",
            input,
            new Convolution(outputs, 1).stride(stride));
  }
}
