package org.food4j.models.explain.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.kernel.Precision;
import org.food4j.models.layer.FrozenParts;

/**
 * A graph whose training pass computes what another's inference does: without dropout, with frozen
 * running statistics, and in float32. Layers that training leaves as they are let gradients
 * through.
 */
final class InferenceCopy {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private InferenceCopy() {}

  /**
   * A copy that shares the graph's parameters. Its passes, forward and backward, write none of
   * them.
   *
   * @throws IllegalArgumentException if a layer cannot be told to do in training what it does at
   *     inference
   */
  static ComputationGraph of(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration().clone();
    for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
      vertex.setValue(FrozenParts.unwrapped(vertex.getValue()));
      if (vertex.getValue() instanceof LayerVertex layer) {
        settle(layer, vertex.getKey());
      }
    }
    ComputationGraph copy = new ComputationGraph(computingAsInference(configuration));
    copy.init(graph.params(), false);
    return copy;
  }

  private static void settle(LayerVertex vertex, String name) {
    Layer layer = FrozenParts.unwrapped(vertex.getLayerConf().getLayer());
    if (layer instanceof BatchNormalization) {
      throw new IllegalArgumentException(
          "\"%s\" is a BatchNormalization of DL4J, which goes by its batch's statistics in training: use Conv2d or BatchNorm2d to explain by gradients"
              .formatted(name));
    }
    vertex.getLayerConf().setLayer(layer);
    layer.setIDropout(null);
  }

  /**
   * By way of the configuration's JSON: layers have no setters, and builders would lose settings
   * that are not known here.
   */
  private static ComputationGraphConfiguration computingAsInference(
      ComputationGraphConfiguration configuration) {
    try {
      JsonNode tree = JSON.readTree(configuration.toJson());
      for (JsonNode normalization : tree.findValues("normalization")) {
        if (normalization instanceof ObjectNode settings && settings.has("frozenStatistics")) {
          settings.put("frozenStatistics", true);
        }
      }
      for (JsonNode layer : tree.findParents("trainingPrecision")) {
        ((ObjectNode) layer).put("trainingPrecision", Precision.FLOAT32.name());
      }
      return ComputationGraphConfiguration.fromJson(JSON.writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DL4J does not write JSON", e);
    }
  }
}
