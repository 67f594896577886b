package org.food4j.models.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Normalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A graph whose training pass computes what another's inference does: without dropout, and with
 * each batch normalisation folded, by its running statistics, into the convolution before it.
 * Layers that training leaves as they are let gradients through.
 */
final class InferenceCopy {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private InferenceCopy() {}

  /**
   * A copy with weights of its own.
   *
   * @throws IllegalArgumentException if a layer cannot be told to do in training what it does at
   *     inference
   */
  static ComputationGraph of(ComputationGraph graph) {
    ComputationGraph copy = new ComputationGraph(configuration(graph));
    copy.init();
    for (Layer layer : copy.getLayers()) {
      Map<String, INDArray> from = graph.getLayer(name(layer)).paramTable();
      if (layer.conf().getLayer() instanceof Conv2d) {
        fold(from, normalization(graph, name(layer)), layer.paramTable());
      } else {
        layer.paramTable().forEach((key, parameter) -> parameter.assign(from.get(key)));
      }
    }
    return copy;
  }

  private static String name(Layer layer) {
    return layer.conf().getLayer().getLayerName();
  }

  private static ComputationGraphConfiguration configuration(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration().clone();
    for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
      if (vertex.getValue() instanceof FrozenVertex frozen) {
        vertex.setValue(frozen.getUnderlying());
      }
      if (vertex.getValue() instanceof LayerVertex layer) {
        settle(layer, vertex.getKey());
      }
    }
    return withoutNormalization(configuration);
  }

  private static void settle(LayerVertex vertex, String name) {
    org.deeplearning4j.nn.conf.layers.Layer layer = inside(vertex.getLayerConf().getLayer());
    if (layer instanceof BatchNormalization || layer instanceof BatchNorm2d) {
      throw new IllegalArgumentException(
          "\"%s\" is a %s, whose gradient at inference is not known here: normalise in a Conv2d to explain by gradients"
              .formatted(name, layer.getClass().getSimpleName()));
    }
    vertex.getLayerConf().setLayer(layer);
    layer.setIDropout(null);
  }

  private static org.deeplearning4j.nn.conf.layers.Layer inside(
      org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return frozen.getLayer();
    }
    return layer instanceof FrozenLayerWithBackprop frozen ? frozen.getUnderlying() : layer;
  }

  /** By way of JSON, which keeps settings of the convolution that are not known here. */
  private static ComputationGraphConfiguration withoutNormalization(
      ComputationGraphConfiguration configuration) {
    try {
      JsonNode tree = JSON.readTree(configuration.toJson());
      for (JsonNode layer : tree.findValues("layer")) {
        if (layer.path("@class").asText().equals(Conv2d.class.getName())
            && layer.path("normalization").isObject()) {
          ((ObjectNode) layer).putNull("normalization").put("bias", true);
        }
      }
      return ComputationGraphConfiguration.fromJson(JSON.writeValueAsString(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DL4J does not write JSON", e);
    }
  }

  private static Normalization normalization(ComputationGraph graph, String name) {
    return ((Conv2d) inside(graph.getLayer(name).conf().getLayer())).normalization();
  }

  /** As {@code gamma (W x + b - mean) / sqrt(variance + eps) + beta}, a convolution again. */
  private static void fold(
      Map<String, INDArray> from, Normalization normalization, Map<String, INDArray> to) {
    INDArray weights = from.get("W");
    INDArray bias = from.get("b");
    if (normalization != null) {
      INDArray scale =
          from.get("gamma").div(Transforms.sqrt(from.get("var").add(normalization.eps()), false));
      INDArray centre = bias == null ? from.get("mean") : from.get("mean").sub(bias);
      weights = weights.mul(scale.reshape(scale.length(), 1, 1, 1));
      bias = from.get("beta").sub(centre.mul(scale));
    }
    to.get("W").assign(weights);
    if (bias != null) {
      to.get("b").assign(bias);
    }
  }
}
