package org.food4j.models.analysis;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.MapLayer;

/**
 * Counts a network's parameters as papers do, from its configuration: nothing is allocated.
 *
 * <p>DL4J keeps batch norm's running statistics among the parameters; nothing learns them by
 * gradient, and papers do not count them.
 */
public final class Parameters {
  private Parameters() {}

  /** Weights, biases and batch-norm scales and shifts, without batch norm's running statistics. */
  public static long trainable(ComputationGraph graph) {
    return graph.getConfiguration().getVertices().values().stream()
        .mapToLong(Parameters::trainable)
        .sum();
  }

  /** The same of one vertex, the number of whose inputs is set. */
  static long trainable(GraphVertex vertex) {
    if (!(vertex instanceof LayerVertex layerVertex)) {
      return vertex.numParams(true);
    }
    Layer layer = layerVertex.getLayerConf().getLayer();
    if (layer instanceof MapLayer maps) {
      return maps.trainableParameters();
    }
    if (layer instanceof BatchNormalization norm) {
      return norm.isLockGammaBeta() ? 0 : 2 * norm.getNOut();
    }
    return all(vertex);
  }

  /** All numbers that a vertex stores between steps. */
  static long all(GraphVertex vertex) {
    if (!(vertex instanceof LayerVertex layerVertex)) {
      return vertex.numParams(false);
    }
    return layerVertex
        .getLayerConf()
        .getLayer()
        .initializer()
        .numParams(layerVertex.getLayerConf());
  }
}
