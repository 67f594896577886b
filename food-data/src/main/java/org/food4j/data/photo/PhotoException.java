package org.food4j.data.photo;

import java.io.IOException;

/** A photo that cannot be used; the message is the reason, fit for {@code rejected.csv}. */
public final class PhotoException extends IOException {
  private static final long serialVersionUID = 1L;

  public PhotoException(String reason) {
    super(reason);
  }

  public PhotoException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
