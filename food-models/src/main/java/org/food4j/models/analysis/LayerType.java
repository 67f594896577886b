package org.food4j.models.analysis;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * What is known of a type of layer.
 *
 * @param kind what it does
 * @param macsPerValue multiply-additions for one value of the output; 0 for layers that papers'
 *     counts leave out
 * @param keptMaps arrays as large as the output that a training pass keeps, the output among them
 * @param description for people
 * @param <L> the layer's class
 */
record LayerType<L extends Layer>(
    VertexKind kind,
    ToLongFunction<L> macsPerValue,
    ToIntFunction<L> keptMaps,
    Function<L, String> description) {
  /** A layer without multiply-additions that keeps its output alone. */
  static <L extends Layer> LayerType<L> free(VertexKind kind, Function<L, String> description) {
    return new LayerType<>(kind, layer -> 0, layer -> 1, description);
  }
}
