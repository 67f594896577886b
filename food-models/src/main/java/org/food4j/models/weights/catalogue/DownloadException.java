package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.net.URI;

/** Weights that could not be had; the message says what to do. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final URI address;

  DownloadException(URI address, String reason) {
    super(address + ": " + reason);
    this.address = address;
  }

  DownloadException(URI address, String reason, Throwable cause) {
    super(address + ": " + reason, cause);
    this.address = address;
  }

  /** Where the file should have come from. */
  public URI address() {
    return address;
  }
}
