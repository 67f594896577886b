/**
 * Blocks of a few layers, as papers draw them, wired into a DL4J graph.
 *
 * <p>Stage: between {@code layer}, whose vertices it wires, and {@code architecture}, which wires
 * blocks. A block knows neither optimiser nor seed: it is a record of widths and strides whose
 * {@code wire} adds vertices through a {@code NetworkBuilder} and returns the name of its output.
 * Feature maps are {@code [batch, height, width, channels]}.
 *
 * <p>Vertices are named by torchvision's module paths. A convolution with its batch normalisation
 * and function is one vertex here and up to three modules there: the vertex has the convolution's
 * path, its layer remembers the normalisation's, and published weights map by both.
 */
package org.food4j.models.block;
