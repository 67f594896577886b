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
  /** First byte, from the end of the header. */
  long start() {
    return dataOffsets[0];
  }

  /** The byte after the last, from the end of the header. */
  long end() {
    return dataOffsets[1];
  }

  /** What is wrong with the entry, in words; empty if nothing is. */
  String problem(long available) {
    if (dtype == null || shape == null || dataOffsets == null || dataOffsets.length != 2) {
      return "its entry has no dtype, shape or pair of data_offsets";
    }
    if (start() < 0 || end() < start() || end() > available) {
      return String.format(
          Locale.ROOT,
          "its bytes %s lie outside the file's %d: the file is truncated, or its header is wrong",
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
    if (bytes != end() - start()) {
      return String.format(
          Locale.ROOT,
          "%s %s takes %d bytes, but it has %d",
          dtype,
          Arrays.toString(shape),
          bytes,
          end() - start());
    }
    return bytes <= Integer.MAX_VALUE
        ? ""
        : String.format(
            Locale.ROOT,
            "its %d bytes are more than the %d that one tensor may have",
            bytes,
            Integer.MAX_VALUE);
  }
}
