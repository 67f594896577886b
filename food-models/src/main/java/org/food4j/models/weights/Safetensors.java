package org.food4j.models.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A {@code .safetensors} file, memory-mapped: a header of JSON, then the tensors' bytes, little
 * endian, row-major. Everything that the header says is checked before any tensor is read.
 *
 * <p>Immutable and thread-safe; the mapping lives as long as the object.
 */
public final class Safetensors {
  /** The format's own limit, which keeps a broken length from exhausting the memory. */
  private static final long LARGEST_HEADER = 100_000_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final MappedByteBuffer data;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  private Safetensors(
      Path file, MappedByteBuffer data, Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.file = file;
    this.data = data;
    this.tensors = tensors;
    this.metadata = metadata;
  }

  /**
   * Maps a file and reads its header.
   *
   * @throws WeightsException if it is not complete and consistent
   * @throws IOException if it cannot be read
   */
  public static Safetensors open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < 8) {
        throw new WeightsException(file, "not a safetensors file: only " + size + " bytes");
      }
      ByteBuffer length = channel.map(FileChannel.MapMode.READ_ONLY, 0, 8);
      long headerLength = length.order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > size - 8) {
        throw new WeightsException(
            file,
            String.format(
                Locale.ROOT,
                "not a safetensors file, or truncated: its header claims %d of %d bytes",
                headerLength,
                size));
      }
      byte[] header = new byte[(int) headerLength];
      channel.map(FileChannel.MapMode.READ_ONLY, 8, headerLength).get(header);
      long start = 8 + headerLength;
      if (size - start > Integer.MAX_VALUE) {
        throw new WeightsException(file, "larger than 2 GB: split it into shards");
      }
      MappedByteBuffer data = channel.map(FileChannel.MapMode.READ_ONLY, start, size - start);
      return parse(file, header, data);
    }
  }

  private static Safetensors parse(Path file, byte[] header, MappedByteBuffer data)
      throws WeightsException {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (IOException e) {
      throw new WeightsException(file, "its header is not JSON", e);
    }
    if (!root.isObject()) {
      throw new WeightsException(file, "its header is not a JSON object");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data.limit()));
      }
    }
    return new Safetensors(
        file, data, Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
  }

  private static Tensor tensor(Path file, String name, JsonNode node, long available)
      throws WeightsException {
    try {
      Tensor tensor = JSON.treeToValue(node, Tensor.class);
      String problem = tensor.problem(available);
      if (!problem.isEmpty()) {
        throw new WeightsException(file, "tensor " + name + ": " + problem);
      }
      return tensor;
    } catch (JsonProcessingException e) {
      throw new WeightsException(file, "tensor " + name + ": its entry is " + node, e);
    }
  }

  /** The file that was opened. */
  public Path file() {
    return file;
  }

  /** The tensors' names, in the header's order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The header's {@code __metadata__}; empty if it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * A tensor's shape; empty for a scalar.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  /**
   * A tensor's values as float32, in row-major order, owned by the caller.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public float[] values(String name) {
    Tensor tensor = entry(name);
    int start = (int) tensor.dataOffsets()[0];
    int length = (int) (tensor.dataOffsets()[1] - start);
    return tensor.dtype().toFloats(data.slice(start, length).order(ByteOrder.LITTLE_ENDIAN));
  }

  private Tensor entry(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return tensor;
  }
}
