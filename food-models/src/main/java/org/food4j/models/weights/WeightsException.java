package org.food4j.models.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A file of weights or arrays that is broken or does not fit; the message names it. */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  public WeightsException(Path file, String reason) {
    super(file + ": " + reason);
  }

  public WeightsException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
