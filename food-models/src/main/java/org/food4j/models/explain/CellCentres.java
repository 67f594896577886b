package org.food4j.models.explain;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.kernel.Window;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.FrozenParts;
import org.food4j.models.layer.Pool2d;

/**
 * Where the cells of a feature map look at: the centres of their receptive fields, in pixels of the
 * network's input, where pixel 0 lies at 0 (Araujo, Norris and Sim 2019, "Computing Receptive
 * Fields of Convolutional Neural Networks", Distill, eq. 4).
 *
 * <p>To spread a map evenly over the photo instead, as is common, draws the heat of a network whose
 * 3x3 convolutions of stride 2 are padded by 1 up to half a cell too far down and to the right: 16
 * pixels at 1/32 of the input's size.
 *
 * @param firstRow of the upper row of cells
 * @param rowStep from row to row, above 0
 * @param firstColumn of the left column
 * @param columnStep from column to column, above 0
 */
public record CellCentres(double firstRow, double rowStep, double firstColumn, double columnStep) {
  private static final CellCentres PIXELS = new CellCentres(0, 1, 0, 1);

  /** Cells that share an area of that many pixels evenly. */
  static CellCentres even(int cellRows, int cellColumns, int height, int width) {
    double rowStep = (double) height / cellRows;
    double columnStep = (double) width / cellColumns;
    return new CellCentres((rowStep - 1) / 2, rowStep, (columnStep - 1) / 2, columnStep);
  }

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
      return PIXELS;
    }
    List<String> inputs = configuration.getVertexInputs().get(vertex);
    CellCentres before = of(configuration, types, inputs.get(0));
    InputTypeConvolutional from = maps(types.get(inputs.get(0)), vertex);
    GraphVertex conf = FrozenParts.unwrapped(configuration.getVertices().get(vertex));
    if (conf instanceof LayerVertex layerVertex) {
      Layer layer = FrozenParts.unwrapped(layerVertex.getLayerConf().getLayer());
      if (layer instanceof Conv2d convolution) {
        return before.behind(convolution.window(from.getHeight(), from.getWidth()));
      }
      if (layer instanceof Pool2d pooling) {
        return before.behind(pooling.window(from.getHeight(), from.getWidth()));
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

  private CellCentres behind(Window window) {
    double rows =
        (Window.reach(window.kernel().height(), window.dilation().height()) - 1) / 2.0
            - window.before().height();
    double columns =
        (Window.reach(window.kernel().width(), window.dilation().width()) - 1) / 2.0
            - window.before().width();
    return new CellCentres(
        firstRow + rows * rowStep,
        rowStep * window.stride().height(),
        firstColumn + columns * columnStep,
        columnStep * window.stride().width());
  }
}
