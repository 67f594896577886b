package org.food4j.models.block;

import java.util.List;

/**
 * A named part of a network: vertices that follow each other, in the order in which they are
 * computed.
 *
 * @param name as people say it: {@code "layer3"}, {@code "features.4"}
 * @param vertices names of the graph's vertices, at least one
 */
public record Stage(String name, List<String> vertices) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Stage {
    vertices = List.copyOf(vertices);
    if (vertices.isEmpty()) {
      throw new IllegalArgumentException("Stage %s has no vertices".formatted(name));
    }
  }

  /** The vertex whose activation later stages read. */
  public String output() {
    return vertices.get(vertices.size() - 1);
  }
}
