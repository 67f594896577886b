package org.food4j.architecture.broken.models.graph;

import org.food4j.architecture.broken.models.onnx.ModelFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The other half of a cycle, and an array that the server's packages must not reach. */
public record Graph(ModelFile file, INDArray weights) {}
