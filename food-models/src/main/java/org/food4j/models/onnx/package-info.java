/**
 * The ONNX file: what a trained network is when it leaves DL4J.
 *
 * <p>{@link org.food4j.models.onnx.OnnxModelFile} reads and writes it, {@link
 * org.food4j.models.onnx.ModelCard} is what the file says about itself, and {@link
 * org.food4j.models.onnx.OnnxGraphBuilder} puts graphs together; {@link
 * org.food4j.models.onnx.ModelOutline} reads what a file says without its weights. Depends on
 * {@code data.manifest}, {@code data.preprocess} and {@code data.file}; {@code models.onnx.export}
 * and {@code models.inference} depend on it. Nothing here knows ND4J or DL4J, so that a server can
 * use it without them.
 *
 * <h2>The file</h2>
 *
 * An ONNX {@code ModelProto} of IR version 8 in the standard domain's opset 17. A classifier of
 * photos has one input {@code input}, float32 {@code [batch, 3, height, width]}, and an output
 * {@code logits}, float32 {@code [batch, classes]}; the batch is free (the symbolic dimension
 * {@code batch}), every other dimension is fixed. Weights are raw little-endian data. With the
 * normalisation inside, the input is uint8 {@code [batch, height, width, 3]}: red, green and blue
 * of the photo as {@code food4j.preprocessing} resizes and crops it. Further outputs {@code
 * features} and {@code cam} are described in {@code models.onnx.endpoint}; others have the names of
 * the network's vertices.
 *
 * <p>{@code metadata_props}, all text in UTF-8; keys that do not begin with {@code food4j.} belong
 * to others and are kept:
 *
 * <table>
 * <caption>Metadata keys</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code food4j.version}</td><td>version of these keys, {@code 1}</td></tr>
 * <tr><td>{@code food4j.labels}</td><td>the classes in the order of the logits: JSON as in {@code
 * labels.json}</td></tr>
 * <tr><td>{@code food4j.preprocessing}</td><td>how a photo becomes the input: JSON as in {@code
 * preprocessing.json}</td></tr>
 * <tr><td>{@code food4j.temperature}</td><td>decimal above 0: logits are divided by it before the
 * softmax; 1 when absent</td></tr>
 * <tr><td>{@code food4j.threshold}</td><td>decimal from 0 to 1: a highest probability below it means
 * "none of these"; absent when there is none</td></tr>
 * <tr><td>{@code food4j.provenance}</td><td>where the weights come from: one JSON object of strings,
 * in the order given; absent when empty</td></tr>
 * <tr><td>{@code food4j.form}</td><td>the numbers that it computes in: {@code float32}, {@code
 * float16}, {@code int8 static}, {@code int8 dynamic}, {@code int8 weights}; float32 when
 * absent</td></tr>
 * <tr><td>{@code food4j.history}</td><td>what was done to it since its export: a JSON list of
 * strings, the earliest first; absent when nothing was</td></tr>
 * </table>
 *
 * <p>The last two stand in other people's files too, once this library has changed them.
 */
package org.food4j.models.onnx;
