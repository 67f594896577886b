package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;

/**
 * Self-attention among the positions of a feature map (Vaswani et al. 2017, arXiv 1706.03762,
 * section 3.2.2): {@code x + proj(attention(norm(x)))}, normalised first.
 *
 * @param channels of the feature map, a multiple of the heads
 * @param heads that attend side by side
 */
public record SelfAttention(int channels, int heads) implements AttentionBlock {
  private static final int QUERY_KEY_VALUE = 3;

  /**
   * Checks the heads.
   *
   * @throws IllegalArgumentException if they do not divide the channels evenly
   */
  public SelfAttention {
    if (heads < 1 || channels % heads != 0) {
      throw new IllegalArgumentException(
          "%s heads do not divide %s channels evenly".formatted(heads, channels));
    }
  }

  @Override
  public String wire(NetworkBuilder net, String name, String input) {
    AttentionLayers layers = net.attention();
    String x = layers.layerNorm(name + ".norm", input);
    x = layers.projection(name + ".qkv", x, QUERY_KEY_VALUE * channels);
    x = layers.selfAttention(name + ".attention", x, heads);
    x = layers.projection(name + ".proj", x, channels);
    return net.residual(name + ".add", x, input, Activation.IDENTITY, 0);
  }
}
