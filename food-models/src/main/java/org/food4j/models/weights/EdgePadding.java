package org.food4j.models.weights;

import java.util.Locale;

/** Where the zeros around a convolution's input go, as the weights were trained with. */
public enum EdgePadding {
  /** {@code kernel / 2} on each side, as PyTorch's networks have it. */
  SYMMETRIC,

  /**
   * TensorFlow's rule: as many as make the output {@code ceil(input / stride)} wide, the odd one
   * below and to the right. It differs from {@link #SYMMETRIC} at even sizes and stride 2.
   */
  SAME;

  /** The name in files: {@code symmetric} or {@code same}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
