package org.food4j.models.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/**
 * A safetensors header's entry: where a tensor lies, and how to read it.
 *
 * @param dtype of the stored values
 * @param shape empty for a scalar
 * @param dataOffsets first byte and the byte after the last, from the end of the header
 */
@SuppressWarnings("ArrayRecordComponent")
record Tensor(
    @JsonProperty(required = true) ElementType dtype,
    @JsonProperty(required = true) long[] shape,
    @JsonProperty(value = "data_offsets", required = true) long[] dataOffsets) {
  /** What is wrong with the entry, in words; empty if nothing is. */
  String problem(long available) {
    if (dtype == null || shape == null || dataOffsets == null || dataOffsets.length != 2) {
      return "its entry has no dtype, shape or pair of data_offsets";
    }
    if (dataOffsets[0] < 0 || dataOffsets[1] < dataOffsets[0] || dataOffsets[1] > available) {
      return String.format(
          Locale.ROOT,
          "its bytes %s lie outside the file's %d",
          Arrays.toString(dataOffsets),
          available);
    }
    long bytes = dtype.bytes();
    try {
      for (long size : shape) {
        if (size < 0) {
          return "its shape is " + Arrays.toString(shape);
        }
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      return "its shape " + Arrays.toString(shape) + " is larger than any file";
    }
    return bytes == dataOffsets[1] - dataOffsets[0]
        ? ""
        : String.format(
            Locale.ROOT,
            "%s %s takes %d bytes, but it has %d",
            dtype,
            Arrays.toString(shape),
            bytes,
            dataOffsets[1] - dataOffsets[0]);
  }
}
