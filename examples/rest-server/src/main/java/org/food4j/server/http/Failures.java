package org.food4j.server.http;

import java.util.concurrent.CompletionException;

/** What made something fail that was to come later. */
public final class Failures {
  private Failures() {}

  /** The cause within what {@link java.util.concurrent.CompletableFuture} wraps around it. */
  public static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
