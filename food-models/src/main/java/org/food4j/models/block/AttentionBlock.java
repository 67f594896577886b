package org.food4j.models.block;

/** A block that weighs its input's values and keeps their shape. */
public interface AttentionBlock {
  /**
   * Adds the block under a module's name.
   *
   * @param input feature maps {@code [batch, height, width, channels]}
   * @return the name of its output, of the input's shape
   */
  String wire(NetworkBuilder net, String name, String input);
}
