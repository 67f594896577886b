package org.food4j.data.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;

/** Where a pack goes: written beside it, moved into place when it is complete. */
interface PackTarget {
  /** Takes one file of a pack. */
  @FunctionalInterface
  interface Sink {
    /** Puts a file there, by its path with {@code /} between folders. */
    void put(String path, byte[] bytes) throws IOException;
  }

  /** The files of a pack. */
  @FunctionalInterface
  interface Content {
    /** Hands over all files, sorted by path. */
    void giveTo(Sink sink) throws IOException;
  }

  /** A zip file if the name ends in {@code .zip}, else a folder. */
  static PackTarget at(Path out) {
    return out.toString().toLowerCase(Locale.ROOT).endsWith(".zip")
        ? new PackZip(out)
        : new PackFolder(out);
  }

  /**
   * Checks, before long work, that nothing can be lost there: nothing yet, or an older pack.
   *
   * @throws IllegalArgumentException if something else lies there
   */
  void requireReplaceable() throws IOException;

  /**
   * The right to write there.
   *
   * @throws IOException if somebody else has it
   */
  static DirectoryLock lock(Path out) throws IOException {
    return DirectoryLock.tryAcquire(DirectoryPlace.of(out))
        .orElseThrow(
            () ->
                new IOException(
                    out + ": somebody else writes there at this moment: wait, or choose another"));
  }

  /** Writes the files; a pack that lies there is replaced when the new one is complete. */
  void write(Content content) throws IOException;
}
