package org.food4j.models.layer;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.nd4j.linalg.api.buffer.DataType;

/** A layer that makes means and maxima of feature maps, beside each other. */
abstract class MeanMaxLayer extends PlainLayer {
  private static final long serialVersionUID = 1L;

  /** What the layer makes of maps. */
  abstract MapShape outputOf(MapShape maps);

  /** What computes it. */
  abstract MeanMaxKernel kernel(Kernels engine, MapShape maps);

  @Override
  final AbstractLayer<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new MeanMaxComputation(configuration, type);
  }

  @Override
  public final InputType getOutputType(int index, InputType input) {
    InputType.InputTypeConvolutional maps = MapTypes.maps(input, layerName);
    MapShape output =
        outputOf(new MapShape(1, maps.getHeight(), maps.getWidth(), maps.getChannels()));
    return MapTypes.channelsLast(output.height(), output.width(), output.channels());
  }

  @Override
  public final InputPreProcessor getPreProcessorForInputType(InputType input) {
    return MapTypes.preProcessor(input, layerName);
  }
}
