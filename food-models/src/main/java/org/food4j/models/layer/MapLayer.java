package org.food4j.models.layer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A layer with parameters over feature maps {@code [batch, height, width, channels]}. Behind a
 * layer whose maps are channels first, DL4J puts a {@link ChannelsLastPreProcessor} before it.
 */
public abstract sealed class MapLayer extends FeedForwardLayer
    permits Conv2d, BatchNorm2d, LayerNorm2d {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  protected MapLayer() {}

  /** Takes DL4J's own settings from a builder, but for constraints: they ask for parameters. */
  protected MapLayer(Builder<?> builder) {
    super(builder);
  }

  /** The batch normalisation that is part of the layer, or null. */
  public abstract Normalization normalization();

  /** The parameters, in order. */
  abstract List<ParameterSlot> slots();

  /** Fills weights in place. */
  abstract void initializeWeights(ParameterSlot slot, INDArray weights);

  /** The layer that computes. */
  abstract MapComputation<?> computation(NeuralNetConfiguration configuration, DataType type);

  /** The shape of the output for an input of maps. */
  abstract InputType.InputTypeConvolutional outputOf(InputType.InputTypeConvolutional maps);

  @Override
  public final Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    if (nIn < 1 || nOut < 1) {
      throw new IllegalStateException(
          "Layer \"%s\" has %d input and %d output channels: give the graph's input types, or nIn"
              .formatted(layerName, nIn, nOut));
    }
    if (weightNoise != null) {
      throw new IllegalStateException(
          "Layer \"%s\" does not support weight noise (%s)".formatted(layerName, weightNoise));
    }
    var layer = computation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public final ParamInitializer initializer() {
    return SlotInitializer.INSTANCE;
  }

  /**
   * Running statistics, which no gradient learns, have no optimiser state. They also end DL4J's
   * blocks of equal updaters at each layer: one block for a whole network of millions of parameters
   * leaves the caches cold and makes the next step a quarter slower.
   */
  @Override
  public IUpdater getUpdaterByParam(String key) {
    boolean statistic =
        slots().stream().anyMatch(slot -> slot.key().equals(key) && slot.role().isStatistic());
    return statistic ? new NoOp() : super.getUpdaterByParam(key);
  }

  /**
   * A parameter's shape, row-major in the network's parameter vector.
   *
   * @param key DL4J's name
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  public final long[] parameterShape(String key) {
    return slots().stream()
        .filter(slot -> slot.key().equals(key))
        .findFirst()
        .map(slot -> slot.shape().clone())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Layer \"%s\" has no parameter %s; it has %s"
                        .formatted(
                            layerName, key, slots().stream().map(ParameterSlot::key).toList())));
  }

  /** Number of parameters that gradients learn: all but running statistics. */
  public final long trainableParameters() {
    return slots().stream()
        .filter(slot -> !slot.role().isStatistic())
        .mapToLong(ParameterSlot::length)
        .sum();
  }

  @Override
  public final InputType getOutputType(int index, InputType input) {
    return outputOf(MapTypes.maps(input, layerName));
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (nIn <= 0 || override) {
      nIn = MapTypes.maps(input, layerName).getChannels();
    }
  }

  @Override
  public final InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }

  @Override
  public final LayerMemoryReport getMemoryReport(InputType input) {
    InputType output = getOutputType(-1, input);
    int state = 0;
    for (ParameterSlot slot : slots()) {
      state += (int) getUpdaterByParam(slot.key()).stateSize(slot.length());
    }
    long values = output.arrayElementsPerExample();
    return new LayerMemoryReport.Builder(layerName, getClass(), input, output)
        .standardMemory(initializer().numParams(this), state)
        .workingMemory(0, 0, 0, 2 * values)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }
}
