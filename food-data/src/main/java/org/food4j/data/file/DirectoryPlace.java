package org.food4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a directory, or a file that is written like one, lies or will lie, and the hidden files
 * beside it that belong to it.
 *
 * @param directory absolute; by {@link #of} free of links, also when nothing is there yet
 */
public record DirectoryPlace(Path directory) {
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
   * The place that a path names, the same for all paths that lead there. Links are followed even if
   * they lead to nothing: while a directory is being replaced, a link to it does.
   *
   * @throws IOException if a link cannot be read or leads in a circle, or a file is in the way
   */
  public static DirectoryPlace of(Path path) throws IOException {
    return new DirectoryPlace(followed(path.toAbsolutePath()));
  }

  private static Path followed(Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) {
        return followed(path.resolveSibling(Files.readSymbolicLink(path)));
      }
      if (path.getParent() == null) {
        return path;
      }
      Path below = followed(path.getParent()).resolve(path.getFileName()).normalize();
      return below.equals(path) ? path : followed(below);
    }
  }

  /**
   * Whether the directory lies in a folder, or is that folder, whatever links lead there.
   *
   * @throws IOException if a link cannot be followed
   */
  public boolean isInside(Path folder) throws IOException {
    return directory.startsWith(followed(folder.toAbsolutePath()));
  }

  /**
   * Whether a file or folder lies in the directory, or is that directory, whatever links lead
   * there.
   *
   * @throws IOException if a link cannot be followed
   */
  public boolean holds(Path path) throws IOException {
    return followed(path.toAbsolutePath()).startsWith(directory);
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
