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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An element-wise function of feature maps {@code [batch, height, width, channels]} or of vectors
 * {@code [batch, channels]}, where no other layer of this package can apply it.
 */
public final class FunctionLayer extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private IActivation function = Activation.IDENTITY.getActivationFunction();

  /** For deserialisation. */
  FunctionLayer() {}

  /** Applies this function. */
  public FunctionLayer(IActivation function) {
    this.function = Objects.requireNonNull(function);
  }

  /** What is applied. */
  public IActivation function() {
    return function;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    FunctionComputation layer = new FunctionComputation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    if (input instanceof InputType.InputTypeFeedForward) {
      return input;
    }
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    return MapTypes.channelsLast(maps.getHeight(), maps.getWidth(), maps.getChannels());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return input instanceof InputType.InputTypeFeedForward
        ? null
        : MapTypes.preProcessor(input, layerName);
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(layerName, getClass(), input, getOutputType(-1, input))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public FunctionLayer clone() {
    return (FunctionLayer) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionLayer that
        && super.equals(that)
        && function.equals(that.function);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), function);
  }
}
