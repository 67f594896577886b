package org.food4j.cli.command;

import java.util.Optional;
import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;

/** The bars of a preparation, one after the other: an archive is unpacked, photos are read. */
final class PreparationProgress implements AutoCloseable {
  private final Terminal terminal;
  private Optional<Progress> unpacking = Optional.empty();
  private Optional<Progress> reading = Optional.empty();

  PreparationProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Some of an archive's files are unpacked. */
  void unpacked(int done, int total) {
    if (unpacking.isEmpty()) {
      unpacking = Optional.of(terminal.progress("Unpacking", total, "files"));
    }
    unpacking.get().update(done, total);
  }

  /** Some of the photos are read. */
  void read(int done, int total) {
    if (reading.isEmpty()) {
      unpacking.ifPresent(Progress::close);
      reading = Optional.of(terminal.progress("Reading photos", total, "photos"));
    }
    reading.get().update(done, total);
  }

  @Override
  public void close() {
    unpacking.ifPresent(Progress::close);
    reading.ifPresent(Progress::close);
  }
}
