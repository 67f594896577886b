/**
 * Formats of real numbers that Java 17 has no type for.
 *
 * <p>Depends on nothing; {@code models.weights} and {@code models.onnx} read and write files with
 * it.
 */
package org.food4j.models.number;
