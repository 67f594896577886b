package org.food4j.cli.command;

/**
 * A training has ended before its time, for the reason that the cause gives; the message says what
 * is left of it and how it goes on.
 */
public final class BrokenOffException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(String left, Throwable cause) {
    super(left, cause);
  }
}
