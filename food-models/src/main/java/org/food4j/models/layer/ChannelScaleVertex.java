package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multiplies each channel of a feature map by a number of its own: the excitation of
 * squeeze-and-excitation (Hu et al. 2018, arXiv 1709.01507, eq. 4).
 *
 * <p>Inputs: a feature map {@code [batch, height, width, channels]} and one factor per channel
 * {@code [batch, channels]} or {@code [batch, 1, 1, channels]}. Output: {@code [batch, height,
 * width, channels]}. DL4J's own element-wise product refuses inputs of different rank.
 */
public final class ChannelScaleVertex extends PairVertex {
  private static final long serialVersionUID = 1L;

  @Override
  public ChannelScaleVertex clone() {
    return new ChannelScaleVertex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelScaleVertex;
  }

  @Override
  public int hashCode() {
    return ChannelScaleVertex.class.getName().hashCode();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return new ChannelScaleComputation(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length == 2
        && inputs[0] instanceof InputType.InputTypeConvolutional maps
        && maps.getFormat() == CNN2DFormat.NHWC
        && isFactors(inputs[1], maps.getChannels())) {
      return maps;
    }
    throw new InvalidInputTypeException(
        "Channel scaling takes feature maps, channels last, and one factor per channel, not "
            + java.util.Arrays.toString(inputs));
  }

  private static boolean isFactors(InputType input, long channels) {
    boolean places =
        input instanceof InputType.InputTypeConvolutional maps
            && (maps.getHeight() != 1 || maps.getWidth() != 1);
    return !places && input.arrayElementsPerExample() == channels;
  }
}
