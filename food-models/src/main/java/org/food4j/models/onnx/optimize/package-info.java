/**
 * Rewrites ONNX models, our own and other people's, so that they compute the same with less.
 *
 * <p>{@link org.food4j.models.onnx.optimize.GraphOptimizer} runs {@link
 * org.food4j.models.onnx.optimize.GraphPass passes} that stay in ONNX's standard domain, {@link
 * org.food4j.models.onnx.optimize.RuntimeOptimizer} lets ONNX Runtime rewrite a model for itself,
 * and {@link org.food4j.models.onnx.optimize.OutputParity} tells whether two models answer alike.
 * Depends on {@code models.onnx} and ONNX Runtime; {@code models.onnx.quantize} may depend on it.
 * Nothing here knows ND4J or DL4J.
 *
 * <p>The form is ONNX's own, in and out: opsets 11 to 21. A file's metadata stays, with one more
 * step in {@code food4j.history}.
 */
package org.food4j.models.onnx.optimize;
