/**
 * Published weights: read from files, matched with a network's parameters, loaded and saved.
 *
 * <p>Stage: above {@code architecture} and {@code layer}; {@code weights.keras} adds HDF5 files and
 * {@code weights.catalogue} published addresses. Loading is all or nothing, and strict: {@link
 * org.food4j.models.weights.WeightImport}.
 *
 * <h2>Files</h2>
 *
 * <ul>
 *   <li>{@code .safetensors}, read and written: eight bytes with the header's length, a JSON header
 *       {@code {"name": {"dtype", "shape", "data_offsets": [first, after the last]}}}, then the
 *       data without gaps, little endian, row-major. F32, F16 and BF16 (and I64, for counters). The
 *       whole header is checked before any tensor is read.
 *   <li>{@code .npy}: float32, row-major.
 * </ul>
 *
 * <h2>Metadata</h2>
 *
 * <p>The header's {@code __metadata__} is an object of texts. These keys are read where present
 * ({@link org.food4j.models.weights.WeightsCard}); others, such as {@code format}, are ignored:
 *
 * <table border="1">
 *   <caption>lists are separated by commas</caption>
 *   <tr><td>{@code architecture}</td><td>the network's name; where it is another than the one that is
 *       loaded, an error says so</td></tr>
 *   <tr><td>{@code layout}</td><td>{@code torchvision}, {@code timm} or {@code keras}: whose names
 *       the tensors bear</td></tr>
 *   <tr><td>{@code padding}</td><td>{@code symmetric} or {@code same}</td></tr>
 *   <tr><td>{@code bn_eps}</td><td>above 0</td></tr>
 *   <tr><td>{@code mean}, {@code std}</td><td>three numbers each: red, green, blue</td></tr>
 *   <tr><td>{@code interpolation}</td><td>{@code bilinear} or {@code bicubic}</td></tr>
 *   <tr><td>{@code crop_fraction}</td><td>above 0, up to 1: the photo's shorter side is resized to
 *       the input size divided by it, and the centre is cut out</td></tr>
 *   <tr><td>{@code input_size}</td><td>pixels of the photos that the weights were trained on: shown
 *       to people; a network has the size that it is built for</td></tr>
 *   <tr><td>{@code num_classes}</td><td>logits; held against the tensors when they are
 *       loaded</td></tr>
 *   <tr><td>{@code identity_blocks}</td><td>modules that pass their input on, by torchvision's names
 *       whatever the layout is</td></tr>
 *   <tr><td>{@code missing}</td><td>tensors that the file is known to lack</td></tr>
 * </table>
 *
 * <h2>Names</h2>
 *
 * <p>Tensors of a network are named as in torchvision: a vertex's name, a dot, and {@code weight,
 * bias, running_mean} or {@code running_var}. {@link org.food4j.models.weights.WeightLayout} knows
 * how other projects call the same.
 */
package org.food4j.models.weights;
