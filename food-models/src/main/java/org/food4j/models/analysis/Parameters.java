package org.food4j.models.analysis;

import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.food4j.models.layer.MapLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts a network's parameters as papers do. */
public final class Parameters {
  /** DL4J keeps running statistics among the parameters; nothing learns them by gradient. */
  private static final Set<String> STATISTICS =
      Set.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  private Parameters() {}

  /** Weights, biases and batch-norm scales and shifts, without batch norm's running statistics. */
  public static long trainable(ComputationGraph graph) {
    long count = 0;
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof MapLayer maps) {
        count += maps.trainableParameters();
        continue;
      }
      boolean batchNorm = layer.conf().getLayer() instanceof BatchNormalization;
      for (var parameter : layer.paramTable().entrySet()) {
        if (!(batchNorm && STATISTICS.contains(parameter.getKey()))) {
          INDArray values = parameter.getValue();
          count += values.length();
        }
      }
    }
    return count;
  }
}
