package org.food4j.models.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.LayerNorm2d;

/**
 * Counts multiply-additions of one photo's forward pass, in convolutions and linear layers only, as
 * papers do: 1 MAC = 1 multiply-addition. The products inside attention, which have no weights, do
 * not count.
 */
public final class Macs {
  /** The cost of one output value, by layer class. */
  private interface Handler {
    long perOutputValue(FeedForwardLayer layer);
  }

  private static final Map<Class<? extends Layer>, Handler> HANDLERS =
      Map.of(
          ConvolutionLayer.class,
          layer -> {
            int[] kernel = ((ConvolutionLayer) layer).getKernelSize();
            return layer.getNIn() * kernel[0] * kernel[1];
          },
          Conv2d.class,
          layer -> {
            Conv2d convolution = (Conv2d) layer;
            int[] kernel = convolution.kernel();
            return layer.getNIn() / convolution.groups() * kernel[0] * kernel[1];
          },
          DenseLayer.class,
          FeedForwardLayer::getNIn);

  private Macs() {}

  /**
   * The whole network's count for one photo.
   *
   * @param inputSize height and width of the input in pixels
   */
  public static long total(ComputationGraph graph, int inputSize) {
    return byVertex(graph, inputSize).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The counts of the vertices that have any, in topological order. */
  public static Map<String, Long> byVertex(ComputationGraph graph, int inputSize) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    Map<String, InputType> outputs =
        configuration.getLayerActivationTypes(InputType.convolutional(inputSize, inputSize, 3));
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String name : configuration.getTopologicalOrderStr()) {
      if (configuration.getVertices().get(name) instanceof LayerVertex vertex) {
        Layer layer = vertex.getLayerConf().getLayer();
        Handler handler = HANDLERS.get(layer.getClass());
        if (handler != null) {
          long values = outputs.get(name).arrayElementsPerExample();
          counts.put(name, values * handler.perOutputValue((FeedForwardLayer) layer));
        } else if (layer instanceof FeedForwardLayer unknown
            && unknown.getNIn() > 0
            && !isNormalization(layer)) {
          throw new IllegalArgumentException(
              "No cost is known for layer %s (%s)"
                  .formatted(name, layer.getClass().getSimpleName()));
        }
      }
    }
    return counts;
  }

  /** As papers count, normalisation costs nothing. */
  private static boolean isNormalization(Layer layer) {
    return layer instanceof BatchNormalization
        || layer instanceof BatchNorm2d
        || layer instanceof LayerNorm2d;
  }
}
