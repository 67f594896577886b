package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A look at where results are about to go, so that nothing of the user's is overwritten. */
public final class OutputDirectory {
  private OutputDirectory() {}

  /**
   * Whether nothing can be lost there: the directory does not exist, or is empty. Any other is its
   * owner's to recognise. Nothing is written.
   *
   * @throws IllegalArgumentException if the path is a file
   * @throws IOException if the directory cannot be listed
   */
  public static boolean isFree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(directory + " is a file: name a folder instead");
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isEmpty();
    }
  }
}
