/**
 * From any DL4J network to an ONNX model.
 *
 * <p>{@link org.food4j.models.onnx.export.OnnxExport} does it in one call, for a {@code
 * ComputationGraph} or {@code MultiLayerNetwork} of this library's layers, DL4J's own or those of a
 * Keras import. {@link org.food4j.models.onnx.export.OnnxExporter} walks the network in topological
 * order and asks a {@link org.food4j.models.onnx.export.ConverterRegistry} for the converter of
 * each part's class: layers, vertices, preprocessors and activation functions alike. What has no
 * converter, or is configured in a way that has no ONNX form, is collected over the whole graph and
 * reported in one {@link org.food4j.models.onnx.export.UnsupportedLayersException}. Depends on
 * {@code models.onnx}, {@code models.layer} and {@code models.activation}; this is the one package
 * of the ONNX side that knows DL4J.
 *
 * <p>Names: a node and its output tensor carry the vertex's name; a vertex that takes several nodes
 * names the further ones {@code vertex/Operator}, nodes that reshape its input {@code
 * vertex/input}, and its weights {@code vertex/key} with DL4J's parameter key.
 *
 * <p>Maps in the file are {@code [batch, channels, places...]}, as ONNX's operators want them, with
 * one, two or three axes of places; inputs and outputs too. Networks that keep them channels last,
 * as the layers of {@code models.layer} and Keras imports do, are written without a transposition,
 * but before maps are flattened to vectors, which keep the order of DL4J's memory. What a part says
 * about axes, as a merge or a softmax does, is translated from DL4J's layout.
 *
 * <p>The file computes what the network computes, DL4J's own slips included where they have a form
 * (softmax over the columns of channels-first images, a randomised ReLU that cuts off). Where
 * DL4J's answer depends on what runs it, or it mistakes another axis for the channels, the part is
 * refused and the reason says so.
 */
package org.food4j.models.onnx.export;
