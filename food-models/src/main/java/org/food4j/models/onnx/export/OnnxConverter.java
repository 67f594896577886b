package org.food4j.models.onnx.export;

/**
 * Writes the ONNX operations of one class of DL4J configuration objects: a layer, a graph vertex,
 * an input preprocessor or an activation function. Implementations keep no state.
 *
 * @param <T> the configuration class, {@code org.deeplearning4j.nn.conf.layers.DenseLayer}
 */
@FunctionalInterface
public interface OnnxConverter<T> {
  /**
   * Adds what computes this part at inference (no dropout, batch norm with its running statistics).
   *
   * @param part the configuration
   * @param context its inputs, shapes and parameters, and where nodes are added
   * @return the tensor that holds the part's output; one of the inputs if there is nothing to
   *     compute
   * @throws RuntimeException as {@link VertexContext#unsupported} makes it, if this configuration
   *     has no ONNX form
   */
  String convert(T part, VertexContext context);
}
