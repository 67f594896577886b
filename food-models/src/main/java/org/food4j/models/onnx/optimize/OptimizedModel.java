package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;

/**
 * A model after optimisation.
 *
 * @param model computes what the original did, but for rounding
 * @param report what has changed
 */
public record OptimizedModel(ModelProto model, OptimizationReport report) {}
