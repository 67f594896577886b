package org.food4j.train.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.food4j.data.file.AtomicFile;

/**
 * The statistics of a training for DL4J's UI server, {@code stats.bin} in its run directory; the
 * package's description names the format. Unlike DL4J's {@code FileStatsStorage}, whose database a
 * killed process leaves unreadable, it only grows, by whole records.
 */
public final class StatsFile {
  /** Its name in a run directory. */
  public static final String NAME = "stats.bin";

  private StatsFile() {}

  /**
   * Reads a file into memory, to be {@linkplain UiServer#attach attached}. A training may be
   * writing it: what it writes later is not seen.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read
   * @throws BrokenRecordException if it is damaged
   */
  public static StatsStorage read(Path file) throws IOException {
    StatsStorage storage = new InMemoryStatsStorage();
    records(file).forEach(record -> record.putInto(storage));
    return storage;
  }

  /** All whole records. */
  private static List<StatsRecord> records(Path file) throws IOException {
    List<StatsRecord> records = new ArrayList<>();
    try (RecordInput in = new RecordInput(file)) {
      for (Optional<byte[]> next = in.next(); next.isPresent(); next = in.next()) {
        try {
          records.add(StatsRecord.parse(next.get()));
        } catch (IllegalArgumentException e) {
          throw new BrokenRecordException(file, in.position(), e.getMessage());
        }
      }
    }
    return records;
  }

  /** The UI's session that a file belongs to, if there is a file and anything in it. */
  static Optional<String> session(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return records(file).stream().findFirst().map(record -> record.content().getSessionID());
  }

  /**
   * Drops what belongs to steps that are trained again, and a record that was cut off.
   *
   * @param steps so many of the training are kept
   * @return what is left, in order
   */
  static List<StatsRecord> keep(Path file, long steps) throws IOException {
    List<StatsRecord> all = Files.exists(file) ? records(file) : List.of();
    List<StatsRecord> kept = all.stream().filter(record -> record.iteration() < steps).toList();
    if (Files.exists(file)) {
      AtomicFile.write(
          file,
          temporary -> {
            try (RecordOutput out = RecordOutput.append(temporary)) {
              for (StatsRecord record : kept) {
                out.write(record.toByteArray());
              }
            }
          });
    }
    return kept;
  }
}
