package org.food4j.models.onnx.optimize;

import org.food4j.models.onnx.OnnxGraph;

/**
 * One kind of rewriting that leaves what a graph computes as it is, but for rounding. A pass
 * touches only what it understands: operators of the standard domain, outside the bodies of control
 * flow, with attributes that it knows. Implementations keep no state.
 */
public interface GraphPass {
  /** What it does, in words for a table. */
  String name();

  /**
   * Rewrites wherever it applies.
   *
   * @return how many changes were made; 0 if the graph is as it was
   */
  int apply(OnnxGraph graph);
}
