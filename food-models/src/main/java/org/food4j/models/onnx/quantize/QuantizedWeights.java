package org.food4j.models.onnx.quantize;

/**
 * How one tensor of weights fares as int8. Immutable.
 *
 * @param name in the file
 * @param values how many
 * @param decibels signal-to-noise ratio: the sum of the squares of the weights over that of their
 *     rounding errors; infinite where nothing is rounded
 * @param stored whether it is stored as int8; it stays float32 where the ratio is too low
 */
public record QuantizedWeights(String name, long values, double decibels, boolean stored) {}
