package org.food4j.models.explain.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.explain.AttentionFactors;
import org.food4j.models.explain.HeatMap;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.FrozenParts;
import org.food4j.models.layer.PositionScaleVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The attention that a network pays by itself: squeeze-and-excitation (Hu et al. 2018, arXiv
 * 1709.01507), ECA (Wang et al. 2020, arXiv 1910.03151), CBAM (Woo et al. 2018, arXiv 1807.06521).
 * It says what a network amplifies, not for which class.
 */
public final class AttentionMaps {
  private AttentionMaps() {}

  /**
   * The factors of all attention vertices, in the order of computation, at inference.
   *
   * @param graph initialised, with one input
   * @param photo {@code [1, 3, size, size]}, preprocessed; not modified
   * @return empty if the network has no attention of these kinds
   */
  public static List<AttentionFactors> of(ComputationGraph graph, INDArray photo) {
    if (photo.size(0) != 1) {
      throw new IllegalArgumentException("One photo is explained at a time, not " + photo.size(0));
    }
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    Map<String, INDArray> activations = graph.feedForward(photo, false);
    FeatureMaps maps = new FeatureMaps(graph, (int) photo.size(2), List.of());
    List<AttentionFactors> attention = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[index].getVertexName();
      GraphVertex vertex = FrozenParts.unwrapped(configuration.getVertices().get(name));
      if (vertex instanceof ChannelScaleVertex || vertex instanceof PositionScaleVertex) {
        INDArray factors = activations.get(configuration.getVertexInputs().get(name).get(1));
        float[] values = factors.dup('c').data().asFloat();
        attention.add(
            vertex instanceof ChannelScaleVertex
                ? new AttentionFactors.OfChannels(name, values)
                : new AttentionFactors.OfPositions(
                    name,
                    new HeatMap((int) factors.size(1), (int) factors.size(2), values),
                    maps.centres(name)));
      }
    }
    return attention;
  }
}
