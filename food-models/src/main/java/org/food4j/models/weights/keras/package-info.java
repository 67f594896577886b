/**
 * Weights of Keras' networks from HDF5 files ({@code .h5}), turned into PyTorch's shapes.
 *
 * <p>Stage: beside {@code weights}, whose {@link org.food4j.models.weights.WeightsFile} it
 * implements; {@code weights} maps the layers' names. Reads by DL4J's {@code Hdf5Archive}.
 *
 * <h2>The file</h2>
 *
 * <p>What Keras 1 and 2 (and {@code model.save("x.h5")} of Keras 3) write: a group per layer at the
 * top or below {@code model_weights}; in it, at any depth, float data sets {@code kernel:0, bias:0,
 * gamma:0, beta:0, moving_mean:0, moving_variance:0}; in files of 2016 {@code LAYER_W_1:0} and
 * {@code LAYER_b_1:0}.
 *
 * <h2>What is turned</h2>
 *
 * <ul>
 *   <li>Kernels {@code [height, width, in, out]} into {@code [out, in, height, width]}, dense ones
 *       {@code [in, out]} into {@code [out, in]}.
 *   <li>VGG16's first dense layer reads feature maps flattened as height, width, channels; ours are
 *       flattened as channels, height, width.
 *   <li>The first convolution of {@code keras.applications}' VGG16 and ResNet-50 expects blue,
 *       green, red; ours red, green, blue. Their preprocessing (times 255, less a mean) is a mean
 *       and a standard deviation of 1/255 in the file's card.
 * </ul>
 */
package org.food4j.models.weights.keras;
