package org.food4j.train.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A TFRecord file that is being written: each record is its length (64 bits, little-endian), the
 * masked CRC-32C of these eight bytes, the data, and the masked CRC-32C of the data. Only whole
 * records are handed to the operating system, so that a killed process leaves whole records. Not
 * thread-safe.
 */
final class RecordOutput implements AutoCloseable {
  private static final int MASK = 0xa282ead8;
  private static final int MEMORY_BYTES = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(MEMORY_BYTES);

  /**
   * Creates a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   * @throws IOException if it cannot be created
   */
  RecordOutput(Path file) throws IOException {
    this(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  private RecordOutput(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Goes on with a file, or creates it.
   *
   * @param file ends with a whole record
   * @throws IOException if it cannot be written
   */
  static RecordOutput append(Path file) throws IOException {
    return new RecordOutput(
        file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  Path file() {
    return file;
  }

  /** Adds a record; it reaches the file with the next {@link #flush}, or when many wait. */
  void write(byte[] data) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    waiting.writeBytes(length);
    waiting.writeBytes(checksum(length));
    waiting.writeBytes(data);
    waiting.writeBytes(checksum(data));
    if (waiting.size() >= MEMORY_BYTES) {
      flush();
    }
  }

  /** Hands what waits to the operating system. */
  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    waiting.reset();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }

  static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    // masked, because a CRC of data that hold their own CRC says little
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return littleEndian(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
