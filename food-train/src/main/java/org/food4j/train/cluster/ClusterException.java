package org.food4j.train.cluster;

import java.io.IOException;

/** A cluster cannot be reached, or cannot do what it was asked. The message says what and why. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
