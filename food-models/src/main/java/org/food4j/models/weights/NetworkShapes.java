package org.food4j.models.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.MapLayer;

/**
 * The tensors of a network as files have them, from its configuration: nothing is allocated.
 *
 * <p>Some layers are convolutions of maps here and something else where weights are published:
 * {@code qkv} and {@code proj} of self-attention are linear layers {@code [out, in]} (as in timm's
 * {@code Attention}), and a kernel over a single channel's column is a one-dimensional
 * convolution's {@code [1, 1, size]} (as in efficient channel attention).
 */
final class NetworkShapes {
  private static final Pattern LINEAR = Pattern.compile("(.*\\.)?(qkv|proj)");

  private NetworkShapes() {}

  /**
   * Shapes by name, in the order of the vertices, so that the logits' layer comes last.
   *
   * @throws IllegalArgumentException if a layer has none of torchvision's names
   */
  static Map<String, long[]> of(ComputationGraphConfiguration configuration) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    configuration
        .getVertices()
        .values()
        .forEach(
            vertex -> {
              if (vertex instanceof LayerVertex layerVertex) {
                Layer layer = layerVertex.getLayerConf().getLayer();
                for (String parameter : layer.initializer().paramKeys(layer)) {
                  shapes.put(ParameterNames.of(layer, parameter), of(layer, parameter));
                }
              }
            });
    return shapes;
  }

  /**
   * A parameter's shape in files.
   *
   * @param layer that {@link ParameterNames} knows
   */
  static long[] of(Layer layer, String parameter) {
    FeedForwardLayer sized = (FeedForwardLayer) layer;
    if (layer instanceof MapLayer maps) {
      return published(layer.getLayerName(), maps.parameterShape(parameter));
    }
    if (!parameter.equals("W")) {
      return new long[] {sized.getNOut()};
    }
    return layer instanceof ConvolutionLayer convolution
        ? new long[] {
          sized.getNOut(),
          sized.getNIn(),
          convolution.getKernelSize()[0],
          convolution.getKernelSize()[1]
        }
        : new long[] {sized.getNOut(), sized.getNIn()};
  }

  private static long[] published(String module, long[] shape) {
    if (shape.length != 4 || shape[3] != 1) {
      return shape;
    }
    if (shape[2] == 1 && LINEAR.matcher(module).matches()) {
      return new long[] {shape[0], shape[1]};
    }
    boolean column = shape[0] == 1 && shape[1] == 1 && shape[2] > 1;
    return column ? new long[] {1, 1, shape[2]} : shape;
  }
}
