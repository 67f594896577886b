package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multiplies each position of a feature map by a number of its own: spatial attention (Woo et al.
 * 2018, arXiv 1807.06521, eq. 2).
 *
 * <p>Inputs: a feature map {@code [batch, height, width, channels]} and one factor per position
 * {@code [batch, height, width, 1]}. Output: {@code [batch, height, width, channels]}.
 */
public final class PositionScaleVertex extends PairVertex {
  private static final long serialVersionUID = 1L;

  @Override
  public PositionScaleVertex clone() {
    return new PositionScaleVertex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionScaleVertex;
  }

  @Override
  public int hashCode() {
    return PositionScaleVertex.class.getName().hashCode();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return new PositionScaleComputation(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeConvolutional maps
        && maps.getFormat() == CNN2DFormat.NHWC
        && inputs[1].equals(MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), 1))) {
      return maps;
    }
    throw new InvalidInputTypeException(
        "Position scaling takes feature maps, channels last, and one factor per position, not "
            + java.util.Arrays.toString(inputs));
  }
}
