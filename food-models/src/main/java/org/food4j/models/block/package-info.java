/**
 * Blocks of a few layers, as papers draw them, wired into a DL4J graph.
 *
 * <p>Stage: between {@code layer}, whose vertices it wires, and {@code architecture}, which wires
 * blocks. A block knows neither optimiser nor seed. Vertices are named by torchvision's module
 * paths.
 */
package org.food4j.models.block;
