package org.food4j.server.batch;

/** Work that is not done: there is too much of it, or its time is over. The message says which. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a trace: it happens most when there is least time. */
  public OverloadedException(String message) {
    super(message, null, false, false);
  }
}
