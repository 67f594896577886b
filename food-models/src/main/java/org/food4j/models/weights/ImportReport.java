package org.food4j.models.weights;

import java.util.List;

/**
 * What became of each tensor when weights were loaded into a network.
 *
 * @param matched tensors that were loaded
 * @param missing the network's parameters, by the file's naming, that the file lacks
 * @param unexpected the file's tensors that the network has no parameter for
 * @param reshaped loaded tensors whose shape is written differently, such as a 1x1 convolution's
 *     kernel for a dense layer
 */
public record ImportReport(
    List<String> matched, List<String> missing, List<String> unexpected, List<String> reshaped) {
  /** Copies the lists. */
  public ImportReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    reshaped = List.copyOf(reshaped);
  }
}
