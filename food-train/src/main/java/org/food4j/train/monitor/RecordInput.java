package org.food4j.train.monitor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what {@link RecordOutput} writes. A last record that is cut off, by a writer that was
 * killed or has not finished, is not there. Not thread-safe.
 */
final class RecordInput implements AutoCloseable {
  private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;

  private final Path file;
  private final InputStream in;
  private final long size;
  private long position;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read
   */
  RecordInput(Path file) throws IOException {
    this.file = file;
    size = Files.size(file);
    in = new BufferedInputStream(Files.newInputStream(file));
  }

  /** Where the last record that was read ends. */
  long position() {
    return position;
  }

  /**
   * The next record's data, if there is a whole one.
   *
   * @throws BrokenRecordException if a checksum is wrong
   */
  Optional<byte[]> next() throws IOException {
    if (size - position < FRAME) {
      return Optional.empty();
    }
    byte[] length = checked(Long.BYTES);
    long count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new BrokenRecordException(file, position, "a record of " + count + " bytes");
    }
    if (count > size - position - FRAME) {
      return Optional.empty();
    }
    byte[] data = checked((int) count);
    position += FRAME + count;
    return Optional.of(data);
  }

  private byte[] checked(int count) throws IOException {
    byte[] data = in.readNBytes(count);
    if (!Arrays.equals(in.readNBytes(Integer.BYTES), RecordOutput.checksum(data))) {
      throw new BrokenRecordException(file, position, "the checksum does not fit");
    }
    return data;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
