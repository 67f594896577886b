package org.food4j.models.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A file of weights or arrays that is broken or does not fit; the message names it. */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A problem of the file itself.
   *
   * @param file the file
   * @param reason what is wrong, without the path
   */
  public WeightsException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /**
   * A problem that something else reported.
   *
   * @param file the file
   * @param reason what is wrong, without the path
   * @param cause what reported it
   */
  public WeightsException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
