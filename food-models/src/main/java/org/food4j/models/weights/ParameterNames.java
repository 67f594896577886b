package org.food4j.models.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.MapLayer;

/**
 * How torchvision calls the parameters of a layer that DL4J calls otherwise: the module, which is
 * the vertex, a dot, and the names here.
 */
final class ParameterNames {
  private static final Map<String, String> LINEAR = Map.of("W", "weight", "b", "bias");
  private static final Map<String, String> NORMALIZATION =
      Map.of("gamma", "weight", "beta", "bias", "mean", "running_mean", "var", "running_var");
  private static final Map<Class<? extends Layer>, Map<String, String>> BY_LAYER = byLayer();

  private ParameterNames() {}

  private static Map<Class<? extends Layer>, Map<String, String>> byLayer() {
    Map<Class<? extends Layer>, Map<String, String>> names = new LinkedHashMap<>();
    names.put(ConvolutionLayer.class, LINEAR);
    names.put(DenseLayer.class, LINEAR);
    names.put(BatchNormalization.class, NORMALIZATION);
    names.put(BatchNorm2d.class, NORMALIZATION);
    names.put(LayerNorm2d.class, Map.of("gamma", "weight", "beta", "bias"));
    Map<String, String> fused = new LinkedHashMap<>(LINEAR);
    fused.putAll(NORMALIZATION);
    names.put(Conv2d.class, fused);
    return names;
  }

  /**
   * A tensor's full name.
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
    return module(layer, parameter) + "." + name;
  }

  /** A fused layer is two modules elsewhere. */
  private static String module(Layer layer, String parameter) {
    boolean normalizes = NORMALIZATION.containsKey(parameter);
    if (normalizes
        && layer instanceof MapLayer maps
        && maps.normalization() != null
        && maps.normalization().module() != null) {
      return maps.normalization().module();
    }
    return layer.getLayerName();
  }
}
