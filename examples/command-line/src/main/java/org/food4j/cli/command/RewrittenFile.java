package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.file.OutputFile;

/** Where the changed form of a model file goes. */
final class RewrittenFile {
  private RewrittenFile() {}

  /**
   * Checks that the result can be written, and leaves its source alone.
   *
   * @throws UsageException if both are the same file, by whatever names
   * @throws IllegalArgumentException if no file can be written there
   */
  static void requirePlace(Path out, Path model) throws IOException {
    OutputFile.requirePlace(out);
    if (Files.exists(out) && Files.exists(model) && Files.isSameFile(out, model)) {
      throw new UsageException(
          "--out %s is the file of --model, which is kept: name another".formatted(out));
    }
  }
}
