package org.food4j.models.onnx.quantize;

import java.util.OptionalDouble;

/**
 * How well a model does what another one did.
 *
 * @param decibels signal-to-noise ratio of its answers, as {@link LogitNoise#decibels}
 * @param agreement share of samples whose largest answer is the same one, 0 to 1
 * @param referenceTop1 share of samples that the other model got right, 0 to 1; absent without
 *     labels
 * @param top1 the same of this one
 */
public record Fidelity(
    double decibels, double agreement, OptionalDouble referenceTop1, OptionalDouble top1) {
  /** Percentage points of top-1 that were lost; below 0 if it became better. */
  public OptionalDouble lossPoints() {
    return top1.isPresent()
        ? OptionalDouble.of(100 * (referenceTop1.getAsDouble() - top1.getAsDouble()))
        : OptionalDouble.empty();
  }
}
