/**
 * Explanations that need a DL4J graph: class activation maps by gradients, which an ONNX file no
 * longer has ({@code GradCam}), and the attention that a network pays by itself ({@code
 * AttentionMaps}). {@code PhotoExplainer} does both from a photo's file.
 *
 * <p>Stage: beside {@code graph}; used by reports and the command. Uses {@code explain}, {@code
 * graph}, {@code layer}, {@code inference} and {@code onnx}.
 */
package org.food4j.models.explain.graph;
