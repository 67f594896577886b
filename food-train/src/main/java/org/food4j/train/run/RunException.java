package org.food4j.train.run;

import java.io.IOException;
import java.nio.file.Path;

/** A run directory that is missing something or is broken; the message names the path. */
public final class RunException extends IOException {
  private static final long serialVersionUID = 1L;

  public RunException(Path path, String reason) {
    super(path + ": " + reason);
  }

  public RunException(Path path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
  }
}
