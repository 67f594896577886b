package org.food4j.models.architecture;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fixture of {@code formula_logits.py}: its formula, and its output.
 *
 * @param gain factor of the weights
 * @param metadata of the weights' file; names the architecture
 * @param tensors shapes by name
 */
public record FormulaWeights(
    int classes,
    double gain,
    Map<String, String> metadata,
    List<Case> cases,
    @JsonProperty Map<String, long[]> tensors) {

  /**
   * The logits of two formula photos.
   *
   * @param size of the photos in pixels
   * @param spread standard deviation of the difference of both rows
   */
  public record Case(int size, double spread, @JsonProperty float[][] logits) {
    /** Writes input.npy and logits.npy. */
    public void write(Path folder) throws IOException {
      float[] input = new float[2 * 3 * size * size];
      int seed = seed("input");
      for (int i = 0; i < input.length; i++) {
        input[i] = (float) noise(seed, i);
      }
      writeNpy(folder.resolve("input.npy"), "(2, 3, %d, %d)".formatted(size, size), input);
      int classes = logits[0].length;
      float[] expected = Arrays.copyOf(logits[0], 2 * classes);
      System.arraycopy(logits[1], 0, expected, classes, classes);
      writeNpy(folder.resolve("logits.npy"), "(2, %d)".formatted(classes), expected);
    }
  }

  public static FormulaWeights of(String network) throws IOException {
    try (InputStream json = FormulaWeights.class.getResourceAsStream(network + ".json")) {
      return new JsonMapper().readValue(json, FormulaWeights.class);
    }
  }

  /** The network that the weights are for. */
  public Architecture architecture() {
    return Architectures.named(metadata.get("architecture"));
  }

  /** Writes the weights as safetensors. */
  public void write(Path file) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long start = 0;
    for (var tensor : tensors.entrySet()) {
      long end = start + 4L * length(tensor.getValue());
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype", "F32", "shape", tensor.getValue(), "data_offsets", new long[] {start, end}));
      start = end;
    }
    byte[] json = new JsonMapper().writeValueAsBytes(header);
    try (OutputStream out = Files.newOutputStream(file)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(json.length).array());
      out.write(json);
      for (var tensor : tensors.entrySet()) {
        out.write(bytes(values(tensor.getKey(), tensor.getValue())));
      }
    }
  }

  private static int length(long[] shape) {
    return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private float[] values(String name, long[] shape) {
    int length = length(shape);
    boolean vector = shape.length == 1;
    boolean factor = name.endsWith("running_var") || (vector && name.endsWith("weight"));
    double kernel = gain * Math.sqrt(6.0 / (length / shape[0]));
    int seed = seed(name);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      double v = noise(seed, i);
      if (factor) {
        values[i] = (float) (1 + 0.3 * v);
      } else {
        values[i] = (float) (v * (vector ? 0.1 : kernel));
      }
    }
    return values;
  }

  private static int seed(String name) {
    return name.chars().sum();
  }

  private static double noise(int seed, long i) {
    long x = i * 2654435761L + seed * 40503L & 0xffffffffL;
    for (int round = 0; round < 2; round++) {
      x = (x ^ x >> 16) * 0x45d9f3b & 0xffffffffL;
    }
    return (x ^ x >> 16) / 0x1p31 - 1;
  }

  private static void writeNpy(Path file, String shape, float[] values) throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }\n".formatted(shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    Files.write(file, out.putShort((short) text.length).put(text).put(bytes(values)).array());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
