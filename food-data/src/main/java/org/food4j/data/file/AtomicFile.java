package org.food4j.data.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes files so that a reader, or a crash, meets the old content or the new, never a part: beside
 * the target first, then moved into its place. {@link OutputFile} tells before whether there is
 * one. Thread-safe.
 */
public final class AtomicFile {
  /** Fills a temporary file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Creates and fills the file.
     *
     * @param temporary beside the target; does not exist yet
     * @throws IOException if that fails; the temporary file is then deleted
     */
    void writeTo(Path temporary) throws IOException;
  }

  private AtomicFile() {}

  /** Writes text in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, temporary -> Files.write(temporary, bytes));
  }

  /**
   * Lets the caller write a file beside the target, then moves it there, over an existing one.
   *
   * @throws IOException if either fails; the target is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " is not a file's path");
    }
    // not createTempFile: its files are readable by their owner alone
    write(
        target,
        directory.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID())),
        content);
  }

  /**
   * The same by a temporary file of a known name, for one writer at a time: what a killed writer
   * left under that name is deleted first.
   *
   * @param temporary in the target's directory
   * @throws IOException if writing or moving fails; the target is then as it was
   */
  public static void write(Path file, Path temporary, Content content) throws IOException {
    Files.deleteIfExists(temporary);
    try {
      content.writeTo(temporary);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
