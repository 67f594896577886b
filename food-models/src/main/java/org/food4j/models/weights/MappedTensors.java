package org.food4j.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.TreeMap;

/**
 * The data of a safetensors file in mapped segments, because one mapping ends at 2 GB: each begins
 * with a tensor and holds as many whole ones as fit. Thread-safe.
 */
final class MappedTensors {
  private final TreeMap<Long, MappedByteBuffer> segments = new TreeMap<>();

  private MappedTensors() {}

  /**
   * Maps the data.
   *
   * @param start of the data in the file
   */
  static MappedTensors map(FileChannel channel, long start, SafetensorsHeader header)
      throws IOException {
    MappedTensors mapped = new MappedTensors();
    List<Tensor> tensors = header.byPlace().stream().map(header.tensors()::get).toList();
    long first = 0;
    for (int i = 0; i < tensors.size(); i++) {
      long end = tensors.get(i).end();
      boolean last = i == tensors.size() - 1;
      if (last || tensors.get(i + 1).end() - first > Integer.MAX_VALUE) {
        mapped.segments.put(
            first, channel.map(FileChannel.MapMode.READ_ONLY, start + first, end - first));
        first = end;
      }
    }
    return mapped;
  }

  /** A tensor's bytes, little endian. */
  ByteBuffer bytes(Tensor tensor) {
    long length = tensor.end() - tensor.start();
    if (length == 0) { // it may lie where no segment begins
      return ByteBuffer.allocate(0);
    }
    var segment = segments.floorEntry(tensor.start());
    return segment
        .getValue()
        .slice((int) (tensor.start() - segment.getKey()), (int) length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
