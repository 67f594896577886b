package org.food4j.models.onnx.quantize;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a conversion to float16 has done. Immutable.
 *
 * @param halfNodes how many operations compute in float16
 * @param floatOperators how many operations of each operator with real inputs still compute in
 *     float32
 * @param casts between the two that had to be added
 * @param beyondRange outputs of the operations that stay in float32 because a constant of theirs is
 *     beyond float16's range, or would vanish in it as a whole
 * @param vanished how many weights other than 0 were too small for float16 and became 0
 * @param bytesBefore size of the model as a file
 * @param bytesAfter the same of the converted one
 */
public record Float16Report(
    int halfNodes,
    Map<String, Integer> floatOperators,
    int casts,
    List<String> beyondRange,
    long vanished,
    long bytesBefore,
    long bytesAfter) {
  /** Copies the collections. */
  public Float16Report {
    floatOperators = java.util.Collections.unmodifiableMap(new TreeMap<>(floatOperators));
    beyondRange = List.copyOf(beyondRange);
  }
}
