/**
 * Whether this machine can compute on NVIDIA's GPUs, found out before any native library that needs
 * one is loaded: without a driver such a library ends in a linker's error, or ends the JVM. Asked
 * by {@code models.layer} before ND4J starts, by {@code models.inference} before ONNX Runtime takes
 * a GPU, and by {@code food doctor}. Uses the JDK alone.
 */
package org.food4j.models.cuda;
