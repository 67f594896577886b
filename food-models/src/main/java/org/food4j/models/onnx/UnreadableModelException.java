package org.food4j.models.onnx;

import java.io.IOException;
import java.nio.file.Path;

/** A model file that is missing, damaged, or not one of ours; the message begins with its path. */
public final class UnreadableModelException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * @param reason what is wrong, without the path
   */
  public UnreadableModelException(Path file, String reason) {
    this(file, reason, null);
  }

  /**
   * @param reason what is wrong, without the path
   * @param cause what reported it
   */
  public UnreadableModelException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.file = file.toString();
  }

  /** The file that could not be read. */
  public Path file() {
    return Path.of(file);
  }
}
