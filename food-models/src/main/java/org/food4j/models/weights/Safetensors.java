package org.food4j.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A {@code .safetensors} file, memory-mapped: eight bytes with the header's length, the header of
 * JSON, then the tensors' bytes, little endian, row-major, one after the other without gaps.
 * Everything that the header says is checked before any tensor is read. A file may have any size, a
 * tensor up to 2 GB.
 *
 * <p>Immutable and thread-safe; the mapping lives as long as the object. A file that is cut while
 * it is mapped ends the reading thread with an {@link InternalError}: write weights beside and move
 * them into place, as {@link SafetensorsWriter} does.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors implements WeightsFile {
  /** The format's own limit, which keeps a broken length from exhausting the memory. */
  private static final long LARGEST_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;

  /** {@code PK\3\4}: what {@code torch.save} writes is a zip archive around a pickle. */
  private static final int ZIP = 0x04034b50;

  /** The opcode that a pickle begins with: what {@code torch.save} wrote before PyTorch 1.6. */
  private static final byte PICKLE = (byte) 0x80;

  private final Path file;
  private final SafetensorsHeader header;
  private final MappedTensors data;
  private final WeightsCard card;

  private Safetensors(Path file, SafetensorsHeader header, MappedTensors data, WeightsCard card) {
    this.file = file;
    this.header = header;
    this.data = data;
    this.card = card;
  }

  /**
   * Maps a file and reads its header.
   *
   * @throws WeightsException if it is not complete and consistent, or its metadata has values that
   *     {@link WeightsCard} does not allow
   * @throws IOException if it cannot be read
   */
  public static Safetensors open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw new WeightsException(file, "not a safetensors file: only " + size + " bytes");
      }
      ByteBuffer length = read(file, channel, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      long headerLength = length.getLong(0);
      if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > size - LENGTH_BYTES) {
        requireNoCheckpoint(file, length);
        throw new WeightsException(
            file,
            String.format(
                Locale.ROOT,
                "not a safetensors file, or truncated: its header claims %d of %d bytes",
                headerLength,
                size));
      }
      byte[] json = read(file, channel, LENGTH_BYTES, (int) headerLength).array();
      long start = LENGTH_BYTES + headerLength;
      SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - start);
      WeightsCard card = WeightsCard.of(file, header.metadata());
      return new Safetensors(file, header, MappedTensors.map(channel, start, header), card);
    }
  }

  /** Names the file that people take for one of weights most often. */
  private static void requireNoCheckpoint(Path file, ByteBuffer start) throws WeightsException {
    boolean zip = start.getInt(0) == ZIP;
    if (zip || start.get(0) == PICKLE && start.getLong(0) > LARGEST_HEADER) {
      throw new WeightsException(
          file,
          (zip ? "a zip archive, such as torch.save writes" : "a pickle, such as torch.save wrote")
              + ", not a safetensors file: convert it in Python by"
              + " safetensors.torch.save_file(torch.load('x.pth', weights_only=True),"
              + " 'x.safetensors')");
    }
  }

  private static ByteBuffer read(Path file, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new WeightsException(file, "it was cut while it was read");
      }
    }
    return bytes.flip();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  /** The header's {@code __metadata__}; empty if it has none. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  @Override
  public WeightsCard card() {
    return card;
  }

  @Override
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  @Override
  public float[] values(String name) {
    Tensor tensor = entry(name);
    return tensor.dtype().toFloats(data.bytes(tensor));
  }

  private Tensor entry(String name) {
    Tensor tensor = header.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return tensor;
  }
}
