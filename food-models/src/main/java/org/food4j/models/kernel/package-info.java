/**
 * What layers are made of, as interfaces: each kernel computes one operation and its gradients on
 * maps {@code [batch, height, width, channels]} of a fixed shape.
 *
 * <p>Stage: below {@code layer}. {@code kernel.onednn} computes with oneDNN and holds all pointer
 * work of this library; {@code kernel.nd4j} computes the same with ND4J's operations on any
 * platform, in any floating-point type.
 */
package org.food4j.models.kernel;
