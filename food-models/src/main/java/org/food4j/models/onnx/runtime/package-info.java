/**
 * ONNX Runtime on the CPU for models in memory: {@link org.food4j.models.onnx.runtime.CpuSessions}
 * opens its sessions, after {@link org.food4j.models.onnx.runtime.RuntimeHazards} has refused what
 * is known to end the process.
 *
 * <p>Depends on {@code models.onnx} and ONNX Runtime; {@code models.onnx.optimize}, {@code
 * models.onnx.quantize} and {@code models.inference} depend on it. Nothing here knows ND4J or DL4J.
 * It has no format of its own.
 */
package org.food4j.models.onnx.runtime;
