/**
 * From a DL4J {@code ComputationGraph} to an ONNX model.
 *
 * <p>{@link org.food4j.models.onnx.export.OnnxExporter} walks the graph in topological order and
 * asks a {@link org.food4j.models.onnx.export.ConverterRegistry} for the converter of each part's
 * class: layers, vertices, preprocessors and activation functions alike. What has no converter, or
 * is configured in a way that has no ONNX form, is collected over the whole graph and reported in
 * one {@link org.food4j.models.onnx.export.UnsupportedLayersException}. Depends on {@code
 * models.onnx}, {@code models.layer} and {@code models.activation}; this is the one package of the
 * ONNX side that knows DL4J.
 *
 * <p>Names: a node and its output tensor carry the vertex's name; a vertex that takes several nodes
 * names the further ones {@code vertex/Operator}, nodes that reshape its input {@code
 * vertex/input}, and its weights {@code vertex/key} with DL4J's parameter key.
 *
 * <p>Maps in the file are {@code [batch, channels, height, width]}, as ONNX's operators want them.
 * The layers of {@code models.layer} keep them channels last in memory, and are written without a
 * transposition; DL4J's own layers have an ONNX form only where they are channels first.
 */
package org.food4j.models.onnx.export;
