package org.food4j.samples;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

// region: a layer
/**
 * Generalised-mean pooling (Radenovic et al. 2018, arXiv 1711.02512, eq. 3): each channel's power
 * mean over all positions, between the average (power 1) and the maximum (power infinity), with a
 * power that is learned. From {@code [batch, height, width, channels]} to {@code [batch,
 * channels]}.
 *
 * <p>A SameDiff layer says how its output is computed; the gradient follows from that. Its class
 * name is part of every checkpoint that holds it, so it is public, has a constructor without
 * arguments, and is not renamed lightly.
 */
public final class PowerMeanPooling extends SameDiffLayer {
  static final String POWER = "power";
  static final double FIRST_POWER = 3;

  /** Below it a value counts as this: powers of 0 have no gradient. */
  static final double FLOOR = 1e-4;

  private static final long serialVersionUID = 1L;

  @Override
  public void defineParameters(SDLayerParams parameters) {
    parameters.addWeightParam(POWER, 1, 1);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> parameters) {
    parameters.get(POWER).assign(FIRST_POWER);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff graph, SDVariable maps, Map<String, SDVariable> parameters, SDVariable mask) {
    SDVariable power = parameters.get(POWER);
    // In the network's own type, float or double: SameDiff does not mix them.
    SDVariable floor = graph.constant(FLOOR).castTo(maps.dataType());
    SDVariable powers = graph.math().pow(graph.math().max(maps, floor), power);
    return graph.math().pow(powers.mean(1, 2), power.rdiv(1));
  }

  @Override
  public InputType getOutputType(int index, InputType maps) {
    return InputType.feedForward(((InputTypeConvolutional) maps).getChannels());
  }
}
// end region
