package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;

/** What is inside DL4J's wrappers that keep a layer or vertex from learning. */
public final class FrozenParts {
  private FrozenParts() {}

  /** The layer that computes: the one in the wrapper, or the given one. */
  public static Layer unwrapped(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return frozen.getLayer();
    }
    return layer instanceof FrozenLayerWithBackprop frozen ? frozen.getUnderlying() : layer;
  }

  /** The vertex that computes: the one in the wrapper, or the given one. */
  public static GraphVertex unwrapped(GraphVertex vertex) {
    return vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex;
  }
}
