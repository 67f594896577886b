package org.food4j.data.file;

import java.nio.file.Files;
import java.nio.file.Path;

/** A look at where a file is about to go, before the time to make its content is spent. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file can be written there, by {@link AtomicFile}: it is no folder, and lies in
   * one that takes files. Whether a file that is there may be replaced, the caller knows. Nothing
   * is written.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public static void requirePlace(Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder: name a file in it");
    }
    // the root, which has no parent, is a folder
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.exists(folder)) {
      throw new IllegalArgumentException(
          "There is no folder %s for %s: make it, or name another"
              .formatted(folder, file.getFileName()));
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s is a file, so %s cannot lie in it: name a folder"
              .formatted(folder, file.getFileName()));
    }
    if (!Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "No permission to write into the folder %s: name another for %s"
              .formatted(folder, file.getFileName()));
    }
  }
}
