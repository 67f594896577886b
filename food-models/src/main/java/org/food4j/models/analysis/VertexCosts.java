package org.food4j.models.analysis;

import java.util.List;

/**
 * What one vertex of a network costs for one photo. Immutable.
 *
 * @param name of the vertex
 * @param inputs names of the vertices, or of the network's input, that it reads
 * @param kind what it does
 * @param description for people: {@code "conv 3x3 /2, 64, batch norm, relu"}
 * @param shape of its activation without the batch: {@code [height, width, channels]} or {@code
 *     [features]}
 * @param trainable parameters that gradients learn: weights, biases, scales and shifts
 * @param parameters all that are stored: also batch norm's running statistics
 * @param macs multiply-additions of convolutions and linear layers
 * @param activationBytes of its activation, float32
 * @param keptBytes what a training pass keeps for the backward pass: the activation, and what the
 *     layer made on the way to it
 */
public record VertexCosts(
    String name,
    List<String> inputs,
    VertexKind kind,
    String description,
    List<Long> shape,
    long trainable,
    long parameters,
    long macs,
    long activationBytes,
    long keptBytes) {
  /** Copies the lists. */
  public VertexCosts {
    inputs = List.copyOf(inputs);
    shape = List.copyOf(shape);
  }

  /** The same, seen as another kind. */
  VertexCosts as(VertexKind other) {
    return new VertexCosts(
        name,
        inputs,
        other,
        description,
        shape,
        trainable,
        parameters,
        macs,
        activationBytes,
        keptBytes);
  }
}
