/**
 * Quantisation: a float32 ONNX model made to compute with eight-bit integers.
 *
 * <p>The stage after {@code models.onnx.export} and {@code models.onnx.optimize}. Depends on {@code
 * models.onnx} and ONNX Runtime, which computes the calibration samples; nothing here knows ND4J,
 * DL4J, or photos. Files stay in ONNX's standard domain.
 *
 * <p>{@link org.food4j.models.onnx.quantize.StaticQuantizer} fixes every scale beforehand.
 */
package org.food4j.models.onnx.quantize;
