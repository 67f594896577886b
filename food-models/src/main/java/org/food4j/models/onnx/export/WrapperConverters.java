package org.food4j.models.onnx.export;

import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;

/** Layers and vertices around another one, which computes: training alone knows the difference. */
final class WrapperConverters {
  private WrapperConverters() {}

  static void register(ConverterRegistry registry) {
    registry
        .register(FrozenLayer.class, (layer, context) -> context.convert(layer.getLayer()))
        .register(
            FrozenLayerWithBackprop.class,
            (layer, context) -> context.convert(layer.getUnderlying()))
        .register(FrozenVertex.class, (vertex, context) -> context.convert(vertex.getUnderlying()));
  }
}
