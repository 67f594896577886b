package org.food4j.models.analysis;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a stage of a network costs for one photo. Immutable.
 *
 * @param name of the stage
 * @param vertices in the order in which they are computed, at least one
 */
public record StageCosts(String name, List<VertexCosts> vertices) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public StageCosts {
    vertices = List.copyOf(vertices);
    if (vertices.isEmpty()) {
      throw new IllegalArgumentException("Stage %s has no vertices".formatted(name));
    }
  }

  /** The shape of the stage's output without the batch, as of {@link VertexCosts#shape()}. */
  public List<Long> shape() {
    return vertices.get(vertices.size() - 1).shape();
  }

  /** Parameters that gradients learn. */
  public long trainable() {
    return sum(VertexCosts::trainable);
  }

  /** All stored parameters. */
  public long parameters() {
    return sum(VertexCosts::parameters);
  }

  /** Multiply-additions of convolutions and linear layers. */
  public long macs() {
    return sum(VertexCosts::macs);
  }

  /** Bytes of all activations, float32. */
  public long activationBytes() {
    return sum(VertexCosts::activationBytes);
  }

  private long sum(ToLongFunction<VertexCosts> cost) {
    return vertices.stream().mapToLong(cost).sum();
  }
}
