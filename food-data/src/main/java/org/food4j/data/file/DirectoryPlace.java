package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a directory lies or will lie, and the hidden files beside it that belong to it.
 *
 * @param directory absolute; itself no link, also when nothing is there yet
 */
public record DirectoryPlace(Path directory) {
  /** As many links in a row as Linux follows. */
  private static final int MOST_LINKS = 40;

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if the path is not absolute, or a file system's root
   */
  public DirectoryPlace {
    if (!directory.isAbsolute() || directory.getParent() == null) {
      throw new IllegalArgumentException("A directory of ours cannot lie at " + directory);
    }
  }

  /**
   * The place that a path names. Links are followed even if they lead to nothing: while a directory
   * is being replaced, a link to it does.
   *
   * @throws IOException if a link cannot be read
   */
  public static DirectoryPlace of(Path path) throws IOException {
    Path place = path.toAbsolutePath().normalize();
    for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(place); links++) {
      place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
    }
    return new DirectoryPlace(place);
  }

  /** The hidden sibling {@code .NAME.SUFFIX}. */
  public Path hidden(String suffix) {
    return directory.resolveSibling("." + directory.getFileName() + "." + suffix);
  }

  /** The visible sibling {@code NAME-SUFFIX}. */
  public Path beside(String suffix) {
    return directory.resolveSibling(directory.getFileName() + "-" + suffix);
  }
}
