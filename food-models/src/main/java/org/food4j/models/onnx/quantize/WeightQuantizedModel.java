package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;

/**
 * A model with weights of int8.
 *
 * @param model computes in float32
 * @param weights those that were large enough, in the order of computation
 * @param bytesBefore size of the original as a file
 * @param bytesAfter the same of this one
 */
public record WeightQuantizedModel(
    ModelProto model, List<QuantizedWeights> weights, long bytesBefore, long bytesAfter) {
  /** Copies the list. */
  public WeightQuantizedModel {
    weights = List.copyOf(weights);
  }

  /** The lowest signal-to-noise ratio of the tensors that are stored as int8, in decibels. */
  public double leastDecibels() {
    return weights.stream()
        .filter(QuantizedWeights::stored)
        .mapToDouble(QuantizedWeights::decibels)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
