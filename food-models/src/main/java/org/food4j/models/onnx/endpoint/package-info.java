/**
 * What goes into a model file and comes out of it, beyond what its network was trained with.
 *
 * <p>{@link org.food4j.models.onnx.endpoint.ClassifierHead} finds a classifier's last layer and
 * makes what it reads, or what it says of each position, further outputs; {@link
 * org.food4j.models.onnx.endpoint.PixelInput} puts the normalisation of photos into the graph. Both
 * work on any ONNX model in the standard domain, exported here or elsewhere. Depends on {@code
 * models.onnx} and {@code data.preprocess}; {@code models.onnx.export} depends on it. Nothing here
 * knows ND4J or DL4J.
 *
 * <h2>What the file gains</h2>
 *
 * <table>
 * <caption>Further inputs and outputs</caption>
 * <tr><th>name</th><th>type and shape</th><th>content</th></tr>
 * <tr><td>output {@code features}</td><td>float32 {@code [batch, channels]}</td><td>what the last
 * layer reads: the pooled feature vector</td></tr>
 * <tr><td>output {@code cam}</td><td>float32 {@code [batch, classes, height, width]}</td><td>the
 * class activation map</td></tr>
 * <tr><td>input, its name unchanged</td><td>uint8 {@code [batch, height, width, 3]}</td><td>red,
 * green and blue of the resized and cropped photo, 0 to 255</td></tr>
 * </table>
 */
package org.food4j.models.onnx.endpoint;
