package org.food4j.models.onnx.quantize;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.food4j.models.onnx.OnnxTensors;

/**
 * One run's worth of a model's inputs, as the quantiser measures it: a batch of preprocessed photos
 * or whatever else the model takes. As immutable as its arrays, which nothing here writes to.
 *
 * @param inputs by name
 */
public record SampleBatch(Map<String, Input> inputs) {
  /** Keeps the order. */
  public SampleBatch {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** The batch of a model with a single input. */
  public static SampleBatch of(String input, float[] values, long... shape) {
    return new SampleBatch(Map.of(input, new Input(values, shape)));
  }

  /**
   * The numbers of one input.
   *
   * @param values row-major, not copied; converted where the model's input has another type
   * @param shape copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Input(float[] values, long[] shape) {
    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if it does not hold as many values
     * @throws ArithmeticException if a {@code long} cannot count what it holds
     */
    public Input {
      shape = shape.clone();
      if (OnnxTensors.count(shape) != values.length) {
        throw new IllegalArgumentException(
            "An input of shape %s does not hold %d values"
                .formatted(Arrays.toString(shape), values.length));
      }
    }
  }
}
