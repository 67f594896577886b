package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;

/**
 * A model that computes in float16.
 *
 * @param report how much of it
 */
public record Float16Model(ModelProto model, Float16Report report) {}
