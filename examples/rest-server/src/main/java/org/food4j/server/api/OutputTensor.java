package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.food4j.data.manifest.Labels;

/** A tensor that a model computed, as the Open Inference Protocol writes it. Immutable. */
sealed interface OutputTensor {
  /** Of its values. */
  String datatype();

  /** Batch, and values of a row. */
  long[] shape();

  /** Writes its values, row after row, into the list that the generator stands in. */
  void write(JsonGenerator json) throws IOException;

  /** Its values, row after row, as the binary extension has them. */
  byte[] raw();

  /** All logits. */
  static OutputTensor logits(List<float[]> rows, int classes) {
    return new Floats(rows, classes);
  }

  /**
   * The classes of the largest logits of each row, the largest first; of equal ones the first.
   *
   * @param most how many; all if there are fewer
   * @return {@code "logit:index:label"} (Triton's classification extension), {@code [batch,
   *     min(most, classes)]}
   */
  static OutputTensor classes(List<float[]> rows, Labels labels, int most) {
    int columns = Math.min(most, labels.size());
    List<String> values = rows.stream().flatMap(row -> best(row, labels).limit(columns)).toList();
    return new Texts(values, rows.size(), columns);
  }

  private static Stream<String> best(float[] row, Labels labels) {
    return IntStream.range(0, row.length)
        .boxed()
        .sorted(Comparator.comparing((Integer index) -> -row[index]))
        .map(
            index ->
                String.format(
                    Locale.ROOT, "%f:%d:%s", row[index], index, labels.get(index).name()));
  }

  /** FP32, raw as little-endian numbers. */
  record Floats(List<float[]> rows, int columns) implements OutputTensor {
    @Override
    public String datatype() {
      return "FP32";
    }

    @Override
    public long[] shape() {
      return new long[] {rows.size(), columns};
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      for (float[] row : rows) {
        for (float value : row) {
          json.writeNumber(value);
        }
      }
    }

    @Override
    public byte[] raw() {
      ByteBuffer raw =
          ByteBuffer.allocate(rows.size() * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] row : rows) {
        for (float value : row) {
          raw.putFloat(value);
        }
      }
      return raw.array();
    }
  }

  /** BYTES that are texts, raw as UTF-8, each behind its length in four little-endian bytes. */
  record Texts(List<String> values, int rows, int columns) implements OutputTensor {
    @Override
    public String datatype() {
      return "BYTES";
    }

    @Override
    public long[] shape() {
      return new long[] {rows, columns};
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      for (String value : values) {
        json.writeString(value);
      }
    }

    @Override
    public byte[] raw() {
      List<byte[]> texts =
          values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
      int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
      ByteBuffer raw = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      texts.forEach(text -> raw.putInt(text.length).put(text));
      return raw.array();
    }
  }
}
