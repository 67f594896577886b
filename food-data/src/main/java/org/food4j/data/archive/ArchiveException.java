package org.food4j.data.archive;

import java.io.IOException;
import java.nio.file.Path;

/** An archive that cannot be unpacked as a whole. */
public final class ArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A problem of an archive.
   *
   * @param archive its file
   * @param problem what is wrong and what to do, without the path
   */
  public ArchiveException(Path archive, String problem) {
    super(archive + ": " + problem);
    this.path = archive.toString();
  }

  /** The archive's file. */
  public Path path() {
    return Path.of(path);
  }
}
