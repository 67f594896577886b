package org.food4j.models.block;

import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * A square convolution, zero-padded by {@code kernel / 2} on each side, and what follows it.
 *
 * @param filters channels of the output
 * @param kernel height and width, odd
 * @param stride in both directions
 * @param groups as many as channels for a depthwise convolution
 * @param function after the normalisation
 * @param readsPhotos whether its input is the network's, whose gradient nobody needs
 */
public record Convolution(
    int filters, int kernel, int stride, int groups, IActivation function, boolean readsPhotos) {
  /** Stride 1, one group, no function. */
  public Convolution(int filters, int kernel) {
    this(filters, kernel, 1, 1, Activation.IDENTITY.getActivationFunction(), false);
  }

  /** The same with another stride. */
  public Convolution stride(int steps) {
    return new Convolution(filters, kernel, steps, groups, function, readsPhotos);
  }

  /** The same with a kernel for each channel, of which there must be as many as filters. */
  public Convolution depthwise() {
    return new Convolution(filters, kernel, stride, filters, function, readsPhotos);
  }

  /** The same with a function after it. */
  public Convolution then(IActivation after) {
    return new Convolution(filters, kernel, stride, groups, after, readsPhotos);
  }

  /** The same with a function after it. */
  public Convolution then(Activation after) {
    return then(after.getActivationFunction());
  }

  /** The same as a network's first layer. */
  public Convolution onPhotos() {
    return new Convolution(filters, kernel, stride, groups, function, true);
  }
}
