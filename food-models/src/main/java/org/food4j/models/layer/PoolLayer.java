package org.food4j.models.layer;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A layer without parameters that makes one value of several places of feature maps. */
abstract class PoolLayer extends NoParamLayer {
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
  public final Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    PoolComputation layer = new PoolComputation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public final InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public final LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(layerName, getClass(), input, getOutputType(-1, input))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
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
