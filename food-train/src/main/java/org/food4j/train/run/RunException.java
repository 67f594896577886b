package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Path;

/** A run directory that is missing something or is broken; the message names the path. */
public final class RunException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A problem of the run itself.
   *
   * @param path the file or directory
   * @param reason what is wrong, without the path
   */
  public RunException(Path path, String reason) {
    super(path + ": " + reason);
  }

  /**
   * A problem that something else reported.
   *
   * @param path the file or directory
   * @param reason what is wrong, without the path
   * @param cause what reported it
   */
  public RunException(Path path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
  }
}
