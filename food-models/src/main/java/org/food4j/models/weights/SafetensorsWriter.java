package org.food4j.models.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.food4j.data.file.AtomicFile;

/** Writes {@code .safetensors} files of float32 tensors: beside, then moved into place. */
public final class SafetensorsWriter {
  /** The data begins at a multiple of it, as the format advises. */
  private static final int ALIGNMENT = 8;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A tensor to write.
   *
   * @param name unique in the file
   * @param shape empty for a scalar
   * @param values gives the values in row-major order; asked once, when they are written
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Entry(String name, long[] shape, Supplier<float[]> values) {
    /**
     * Copies the shape.
     *
     * @throws IllegalArgumentException if a size is negative, the tensor has 2 GB or more, or the
     *     name is the one that the format keeps for itself
     */
    public Entry {
      shape = shape.clone();
      if (name.equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "No tensor is called " + name + ": the format's own key");
      }
      if (Arrays.stream(shape).anyMatch(size -> size < 0)
          || Arrays.stream(shape).asDoubleStream().reduce(Float.BYTES, (a, b) -> a * b)
              > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Tensor %s has non-negative sizes and less than 2 GB, not %s"
                .formatted(name, Arrays.toString(shape)));
      }
    }

    /** Copies the shape. */
    @Override
    public long[] shape() {
      return shape.clone();
    }

    private long bytes() {
      return Arrays.stream(shape).reduce(Float.BYTES, (a, b) -> a * b);
    }
  }

  private SafetensorsWriter() {}

  /**
   * Writes a file, over an existing one.
   *
   * @param tensors in the order in which they are written
   * @param metadata the header's {@code __metadata__}
   * @throws IllegalArgumentException if two tensors have one name, or one gives another number of
   *     values than its shape has; nothing is written then
   * @throws IOException if it cannot be written; what was there before stays
   */
  public static void write(Path file, List<Entry> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    AtomicFile.write(
        file,
        temporary -> {
          try (OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            out.write(littleEndian(Long.BYTES).putLong(header.length).array());
            out.write(header);
            for (Entry tensor : tensors) {
              out.write(bytes(tensor));
            }
          }
        });
  }

  private static byte[] header(List<Entry> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Object> entries = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      entries.put(SafetensorsHeader.METADATA, metadata);
    }
    long start = 0;
    for (Entry tensor : tensors) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", ElementType.F32.name());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", new long[] {start, start + tensor.bytes()});
      if (entries.put(tensor.name(), entry) != null) {
        throw new IllegalArgumentException("Two tensors are called " + tensor.name());
      }
      start += tensor.bytes();
    }
    byte[] json = JSON.writeValueAsBytes(entries);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }

  private static byte[] bytes(Entry tensor) {
    float[] values = tensor.values().get();
    if (Float.BYTES * (long) values.length != tensor.bytes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Tensor %s %s gave %d values",
              tensor.name(),
              Arrays.toString(tensor.shape()),
              values.length));
    }
    ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
