package org.food4j.models.block;

/**
 * Efficient channel attention (Wang et al. 2020, arXiv 1910.03151, section 3.2): channels weighted
 * by a convolution over their neighbours' means.
 *
 * @param channels of the feature map, at least 1; they decide the kernel's size (eq. 12, with gamma
 *     2 and b 1)
 */
public record EfficientChannelAttention(int channels) implements AttentionBlock {
  private static final double GAMMA = 2;
  private static final double OFFSET = 1;

  /** The kernel's size: the odd number next to {@code (log2(channels) + b) / gamma}. */
  int kernel() {
    int size = (int) Math.abs((Math.log(channels) / Math.log(2) + OFFSET) / GAMMA);
    return size % 2 == 1 ? size : size + 1;
  }

  @Override
  public String wire(NetworkBuilder net, String name, String input) {
    AttentionLayers layers = net.attention();
    String mean = layers.globalAverageMaps(name + ".squeeze", input);
    String factors = layers.channelGate(name + ".conv", mean, kernel());
    return layers.channelScale(name + ".scale", input, factors);
  }
}
