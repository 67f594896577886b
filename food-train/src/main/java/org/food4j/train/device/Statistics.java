package org.food4j.train.device;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** Batch normalisation's running statistics, which a forward pass moves and no gradient does. */
final class Statistics {
  private Statistics() {}

  /** Views of them, in the order of layers: what no optimiser moves. */
  static List<INDArray> of(ComputationGraph graph) {
    List<INDArray> views = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer settings) {
        layer
            .paramTable()
            .forEach(
                (name, values) -> {
                  if (settings.getUpdaterByParam(name) instanceof NoOp) {
                    views.add(values);
                  }
                });
      }
    }
    return views;
  }
}
