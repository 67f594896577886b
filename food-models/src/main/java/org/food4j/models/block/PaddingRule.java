package org.food4j.models.block;

import java.util.Locale;

/** Where the zeros around a convolution's input go. */
public enum PaddingRule {
  /** As the network was published: symmetric, unless the weights that are loaded say otherwise. */
  OWN,

  /** {@code kernel / 2} on each side, as PyTorch's networks have it. */
  SYMMETRIC,

  /**
   * TensorFlow's rule: as many as make the output {@code ceil(input / stride)} wide, the odd one
   * below and to the right. It differs at even sizes and stride 2.
   */
  SAME;

  /** The name in files and on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
