package org.food4j.train.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes a {@code stats.bin}, each record at once. Not thread-safe. */
final class StatsFileOutput extends StatsSink implements AutoCloseable {
  private final RecordOutput out;

  /**
   * @param file goes on after its last record, which is whole, or is created
   * @throws IOException if it cannot be written
   */
  StatsFileOutput(Path file) throws IOException {
    out = RecordOutput.append(file);
  }

  @Override
  void put(StatsRecord record) {
    try {
      out.write(record.toByteArray());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The statistics %s cannot be written: %s".formatted(out.file(), e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
