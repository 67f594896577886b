package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * A square convolution, zero-padded by the network's rule, and what follows it.
 *
 * @param filters channels of the output
 * @param kernel height and width, odd
 * @param stride in both directions
 * @param groups as many as channels for a depthwise convolution
 * @param bias whether a number per filter is added, even where a normalisation follows
 * @param function after the normalisation
 * @param readsPhotos whether its input is the network's, whose gradient nobody needs
 */
public record Convolution(
    int filters,
    int kernel,
    int stride,
    int groups,
    boolean bias,
    IActivation function,
    boolean readsPhotos) {
  /** Stride 1, one group, neither bias nor function. */
  public Convolution(int filters, int kernel) {
    this(filters, kernel, 1, 1, false, Activation.IDENTITY.getActivationFunction(), false);
  }

  /** The same with another stride. */
  public Convolution stride(int steps) {
    return new Convolution(filters, kernel, steps, groups, bias, function, readsPhotos);
  }

  /** The same with a kernel for each channel, of which there must be as many as filters. */
  public Convolution depthwise() {
    return new Convolution(filters, kernel, stride, filters, bias, function, readsPhotos);
  }

  /** The same with a number per filter added. */
  public Convolution withBias() {
    return new Convolution(filters, kernel, stride, groups, true, function, readsPhotos);
  }

  /** The same with a function after it. */
  public Convolution then(IActivation after) {
    return new Convolution(filters, kernel, stride, groups, bias, after, readsPhotos);
  }

  /** The same with a function after it. */
  public Convolution then(Activation after) {
    return then(after.getActivationFunction());
  }

  /** The same as a network's first layer. */
  public Convolution onPhotos() {
    return new Convolution(filters, kernel, stride, groups, bias, function, true);
  }
}
