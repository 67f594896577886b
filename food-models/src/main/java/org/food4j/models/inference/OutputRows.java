package org.food4j.models.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects some outputs of a network over the calls that a batch takes. */
final class OutputRows {
  private final int batch;
  private final Map<String, OutputValues> values = new LinkedHashMap<>();

  OutputRows(int batch, String... names) {
    this.batch = batch;
    for (String name : names) {
      values.put(name, new OutputValues(new long[0], new float[0]));
    }
  }

  /**
   * Takes the rows of one call.
   *
   * @param first the first photo
   * @param count photos that count
   * @param computed photos that the call computed
   */
  void add(OrtSession.Result result, int first, int count, int computed) {
    for (String name : values.keySet()) {
      OnnxValue value = result.get(name).orElseThrow();
      if (!(value instanceof OnnxTensor tensor)
          || (tensor.getInfo().type != OnnxJavaType.FLOAT
              && tensor.getInfo().type != OnnxJavaType.FLOAT16)) {
        throw new IllegalStateException(
            "Output '%s' holds %s, not real numbers".formatted(name, value.getInfo()));
      }
      long[] shape = tensor.getInfo().getShape().clone();
      if (shape.length == 0 || shape[0] != computed) {
        throw new IllegalStateException(
            "Output '%s' of shape %s has no row for each of %d photos"
                .formatted(name, Arrays.toString(shape), computed));
      }
      FloatBuffer floats = tensor.getFloatBuffer();
      int row = floats.remaining() / computed;
      if (first == 0) {
        shape[0] = batch;
        values.put(name, new OutputValues(shape, new float[batch * row]));
      }
      floats.get(values.get(name).values(), first * row, count * row);
    }
  }

  Map<String, OutputValues> values() {
    return values;
  }
}
