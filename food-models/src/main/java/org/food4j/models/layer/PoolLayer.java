package org.food4j.models.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A layer without parameters that makes one value of several places of feature maps. */
abstract class PoolLayer extends PlainLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Pooling pooling = Pooling.AVERAGE;

  /** For deserialisation. */
  PoolLayer() {}

  PoolLayer(Pooling pooling) {
    this.pooling = pooling;
  }

  /** What is made of the values in a window. */
  public final Pooling pooling() {
    return pooling;
  }

  /** The windows on maps of a known size. */
  public abstract Window window(long height, long width);

  /** The shape in which the pooled values leave the layer. */
  abstract long[] outputShape(MapShape pooled);

  @Override
  final AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new PoolComputation(configuration, type);
  }

  @Override
  public final InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PoolLayer that && super.equals(that) && pooling == that.pooling;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), pooling);
  }
}
