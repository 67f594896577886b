/**
 * ONNX Runtime on the CPU for models in memory: {@link org.food4j.models.onnx.runtime.CpuSession}
 * opens its sessions, after {@link org.food4j.models.onnx.runtime.RuntimeHazards} has refused what
 * is known to end the process. {@link org.food4j.models.onnx.runtime.BatchDependence} tells whose
 * answers depend on the batch.
 *
 * <p>Depends on {@code models.onnx} and ONNX Runtime; {@code models.onnx.optimize}, {@code
 * models.onnx.quantize} and {@code models.inference} depend on it. Nothing here knows ND4J or DL4J.
 * It has no format of its own.
 *
 * <p>ONNX Runtime frees its environment in a shutdown hook of its own, which Java runs beside all
 * others: a thread that still computes then reads freed memory as soon as the runtime wants to log,
 * and the process ends by a crash (SIGSEGV) instead of by the signal. Nothing is lost by it but the
 * exit code; who must end in order, such as a server, catches the signal itself, ends its sessions
 * first and then exits.
 */
package org.food4j.models.onnx.runtime;
