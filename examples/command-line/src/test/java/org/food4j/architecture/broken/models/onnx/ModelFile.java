package org.food4j.architecture.broken.models.onnx;

import org.food4j.architecture.broken.models.graph.Graph;

/** One half of a cycle. */
public record ModelFile(Graph graph) {}
