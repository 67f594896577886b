/**
 * Quantisation: a float32 ONNX model made to compute with eight-bit integers.
 *
 * <p>The stage after {@code models.onnx.export} and {@code models.onnx.optimize}. Depends on {@code
 * models.onnx} and ONNX Runtime, which computes the calibration samples; nothing here knows ND4J,
 * DL4J, or photos. Files stay in ONNX's standard domain.
 *
 * <p>{@link org.food4j.models.onnx.quantize.StaticQuantizer} fixes every scale beforehand, measured
 * on samples; {@link org.food4j.models.onnx.quantize.MixedModel} leaves float what suffers most
 * from that, in whole stretches; {@link org.food4j.models.onnx.quantize.DynamicQuantizer} lets
 * every run find its scales. {@link org.food4j.models.onnx.quantize.FloatIslands} tells what ONNX
 * Runtime makes of the result, {@link org.food4j.models.onnx.quantize.ReferenceAnswers} what it is
 * worth.
 *
 * <h2>The quantised file</h2>
 *
 * Static: every tensor between integer operations passes through {@code QuantizeLinear} and {@code
 * DequantizeLinear} with a scale and a zero point of its own, which those that only move numbers
 * share with their source; weights are int8 with a scale for each output channel, biases int32 at
 * the product of the input's and the weights' scales. A tensor without negative numbers has the
 * zero point 0, so that a {@code Relu} before it does nothing more, and the runtime drops it. What
 * comes after the last weights stays float. Dynamic: {@code DynamicQuantizeLinear}, {@code
 * ConvInteger} and {@code MatMulInteger}.
 */
package org.food4j.models.onnx.quantize;
