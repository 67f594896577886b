package org.food4j.data.manifest;

import java.util.Map;

/**
 * A class that a model can answer with.
 *
 * @param index position in the model's output, from 0
 * @param name the class folder's name, unique
 * @param displayName for people, {@code "Leaf Rust"} for {@code leaf_rust}
 * @param metadata anything that travels with the label into the model and the server, in order
 */
public record Label(int index, String name, String displayName, Map<String, Object> metadata) {
  /**
   * Copies the metadata, in its order.
   *
   * @throws IllegalArgumentException if the index is negative or the name blank
   */
  public Label {
    if (index < 0) {
      throw new IllegalArgumentException("A label index is at least 0, not " + index);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("Label " + index + " has no name");
    }
    metadata = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(metadata));
  }
}
