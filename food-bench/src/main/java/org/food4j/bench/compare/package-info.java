/**
 * Compare: what two models, or two forms of one, have in common and where they differ.
 *
 * <p>Owns the ratio of two medians with its interval, what advice follows from a comparison with
 * the reference, the Pareto front, and the comparison of a repeated benchmark with the earlier one.
 * Takes values from {@code bench.result}, tests from {@code train.evaluate} and the signal-to-noise
 * ratio from {@code models.onnx.quantize}; {@code bench.report} and the command show what comes
 * out.
 */
package org.food4j.bench.compare;
