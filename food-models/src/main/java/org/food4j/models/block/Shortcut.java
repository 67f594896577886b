package org.food4j.models.block;

/**
 * A residual block's way around its convolutions: the identity, or a 1x1 convolution with batch
 * normalisation where the shape changes (He et al. 2016, section 3.3, option B).
 *
 * @param inputs channels of the block's input
 * @param outputs channels of its output
 * @param stride of the block
 * @param bias whether the convolution has one
 */
record Shortcut(int inputs, int outputs, int stride, boolean bias) {
  /** Whether the block keeps its input's shape. */
  boolean isIdentity() {
    return stride == 1 && inputs == outputs;
  }

  /** Returns the name of what is to be added. */
  String wire(NetworkBuilder net, String block, String input) {
    if (isIdentity()) {
      return input;
    }
    Convolution projection = new Convolution(outputs, 1).stride(stride);
    return net.convolution(
        block + ".downsample.0",
        block + ".downsample.1",
        input,
        bias ? projection.withBias() : projection);
  }
}
