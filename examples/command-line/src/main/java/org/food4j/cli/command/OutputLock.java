package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;

/** One process at a time into a directory of results. */
final class OutputLock {
  private OutputLock() {}

  /**
   * Takes the lock, without waiting.
   *
   * @param doing what the process does there that holds it, {@code "trains into"}
   * @throws IllegalArgumentException if another one holds it
   */
  static DirectoryLock take(Path out, String doing) throws IOException {
    return DirectoryLock.tryAcquire(DirectoryPlace.of(out))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Another process %s %s: wait for its end, or name another directory"
                        .formatted(doing, out)));
  }
}
