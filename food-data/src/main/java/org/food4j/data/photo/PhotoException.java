package org.food4j.data.photo;

import java.io.IOException;

/** A photo that cannot be used; the message is the reason, fit for {@code rejected.csv}. */
public final class PhotoException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A reason found by the library.
   *
   * @param reason without the path, fit for a table
   */
  public PhotoException(String reason) {
    super(reason);
  }

  /**
   * A reason that something else reported.
   *
   * @param reason without the path, fit for a table
   * @param cause what reported it
   */
  public PhotoException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
