/**
 * Activation functions that ND4J lacks, as functions that every DL4J layer takes, and the
 * recognition of those that other operations can apply in passing.
 *
 * <p>Stage: below {@code kernel}, {@code layer} and {@code block}. Uses ND4J alone. The class names
 * are part of every checkpoint whose layers use them; {@code onnx.export} writes each as the ONNX
 * operator of the same name.
 */
package org.food4j.models.activation;
