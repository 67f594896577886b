package org.food4j.models.kernel;

/**
 * A convolution of maps of a known size.
 *
 * @param input maps {@code [batch, height, width, channels]}
 * @param filters channels of the output
 * @param groups each of which sees {@code channels / groups} inputs and makes {@code filters /
 *     groups} outputs; as many as channels for a depthwise convolution
 * @param window how the kernel slides
 */
public record ConvolutionShape(MapShape input, long filters, int groups, Window window) {
  /**
   * Checks the groups.
   *
   * @throws IllegalArgumentException if they do not divide channels and filters evenly
   */
  public ConvolutionShape {
    if (groups < 1 || input.channels() % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "%d groups do not divide %d channels and %d filters evenly"
              .formatted(groups, input.channels(), filters));
    }
  }

  /** Maps that the convolution makes. */
  public MapShape output() {
    return window.output(input, filters);
  }

  /** The kernels {@code [filters, channels / groups, height, width]}, as PyTorch keeps them. */
  public long[] weights() {
    return new long[] {
      filters, input.channels() / groups, window.kernel().height(), window.kernel().width()
    };
  }

  /** Whether each channel has kernels of its own. */
  public boolean depthwise() {
    return groups > 1 && groups == input.channels();
  }
}
