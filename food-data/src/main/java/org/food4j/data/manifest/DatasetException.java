package org.food4j.data.manifest;

import java.io.IOException;
import java.nio.file.Path;

/** A dataset directory, a file in it or for it, that cannot be used. */
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A problem of the directory itself.
   *
   * @param path the file or directory
   * @param problem what is wrong, without the path
   */
  public DatasetException(Path path, String problem) {
    this(path, problem, null);
  }

  /**
   * A problem that something else reported.
   *
   * @param path the file or directory
   * @param problem what is wrong, without the path
   * @param cause what reported it
   */
  public DatasetException(Path path, String problem, Throwable cause) {
    super(path + ": " + problem, cause);
    this.path = path.toString();
  }

  /** The directory or file that cannot be used. */
  public Path path() {
    return Path.of(path);
  }
}
