package org.food4j.cli.doctor;

import java.util.concurrent.Callable;

/**
 * One thing that is looked at.
 *
 * @param name in a word or two
 * @param advice what to do when the look itself fails
 * @param look the examination; whatever it throws becomes a finding
 */
public record Check(String name, String advice, Callable<Finding> look) {
  /** Looks. Errors too are findings: a native library that does not load throws one. */
  public Finding run() {
    try {
      return look.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.fail(name, "interrupted", "Run food doctor again.");
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return Finding.fail(name, reason(e), advice);
    }
  }

  /** The innermost cause says which library or symbol is missing. */
  private static String reason(Throwable throwable) {
    Throwable cause = throwable;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage().strip();
    return cause.getClass().getSimpleName() + message.replaceAll("\\s*\\R\\s*", " ");
  }
}
