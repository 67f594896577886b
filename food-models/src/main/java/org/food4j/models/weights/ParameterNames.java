package org.food4j.models.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * How torchvision calls the parameters of a layer that DL4J calls otherwise: the vertex name, a
 * dot, and the names here.
 */
final class ParameterNames {
  private static final Map<Class<? extends Layer>, Map<String, String>> BY_LAYER = byLayer();

  private ParameterNames() {}

  private static Map<Class<? extends Layer>, Map<String, String>> byLayer() {
    Map<Class<? extends Layer>, Map<String, String>> names = new LinkedHashMap<>();
    names.put(ConvolutionLayer.class, Map.of("W", "weight", "b", "bias"));
    names.put(DenseLayer.class, Map.of("W", "weight", "b", "bias"));
    names.put(
        BatchNormalization.class,
        Map.of("gamma", "weight", "beta", "bias", "mean", "running_mean", "var", "running_var"));
    return names;
  }

  /**
   * The last part of a tensor's name.
   *
   * @throws IllegalArgumentException for a layer or parameter without such a name
   */
  static String of(Layer layer, String parameter) {
    String name = BY_LAYER.getOrDefault(layer.getClass(), Map.of()).get(parameter);
    if (name == null) {
      throw new IllegalArgumentException(
          "Published weights have no name for parameter %s of layer %s (%s)"
              .formatted(parameter, layer.getLayerName(), layer.getClass().getSimpleName()));
    }
    return name;
  }
}
