package org.food4j.models.explain.graph;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.explain.CellCentres;
import org.food4j.models.kernel.Window;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.FrozenParts;
import org.food4j.models.layer.Pool2d;

/**
 * Follows receptive fields through a graph (Araujo, Norris and Sim 2019, "Computing Receptive
 * Fields of Convolutional Neural Networks", Distill, eq. 4).
 */
final class ReceptiveFields {
  private ReceptiveFields() {}

  /**
   * The cells of a vertex's map, followed from the input along the first input of each vertex: all
   * branches of a network arrive at the same cells.
   *
   * @param types of all vertices' activations, and of the inputs
   * @throws IllegalArgumentException if a vertex on the way changes the map's size in an unknown
   *     manner
   */
  static CellCentres of(
      ComputationGraphConfiguration configuration, Map<String, InputType> types, String vertex) {
    if (configuration.getNetworkInputs().contains(vertex)) {
      return CellCentres.PIXELS;
    }
    List<String> inputs = configuration.getVertexInputs().get(vertex);
    CellCentres before = of(configuration, types, inputs.get(0));
    InputTypeConvolutional from = maps(types.get(inputs.get(0)), vertex);
    GraphVertex conf = FrozenParts.unwrapped(configuration.getVertices().get(vertex));
    if (conf instanceof LayerVertex layerVertex) {
      Layer layer = FrozenParts.unwrapped(layerVertex.getLayerConf().getLayer());
      if (layer instanceof Conv2d convolution) {
        return behind(before, convolution.window(from.getHeight(), from.getWidth()));
      }
      if (layer instanceof Pool2d pooling) {
        return behind(before, pooling.window(from.getHeight(), from.getWidth()));
      }
    }
    InputTypeConvolutional to = maps(types.get(vertex), vertex);
    if (from.getHeight() != to.getHeight() || from.getWidth() != to.getWidth()) {
      throw new IllegalArgumentException(
          "\"%s\" changes maps of %d x %d to %d x %d in a manner that is not known here: what its cells look at cannot be told"
              .formatted(vertex, from.getHeight(), from.getWidth(), to.getHeight(), to.getWidth()));
    }
    return before;
  }

  private static InputTypeConvolutional maps(InputType type, String vertex) {
    if (type instanceof InputTypeConvolutional maps) {
      return maps;
    }
    throw new IllegalArgumentException(
        "Behind \"%s\" values are no longer maps, but %s: they have no place in the photo"
            .formatted(vertex, type));
  }

  private static CellCentres behind(CellCentres before, Window window) {
    double rows =
        (Window.reach(window.kernel().height(), window.dilation().height()) - 1) / 2.0
            - window.before().height();
    double columns =
        (Window.reach(window.kernel().width(), window.dilation().width()) - 1) / 2.0
            - window.before().width();
    return new CellCentres(
        before.firstRow() + rows * before.rowStep(),
        before.rowStep() * window.stride().height(),
        before.firstColumn() + columns * before.columnStep(),
        before.columnStep() * window.stride().width());
  }
}
