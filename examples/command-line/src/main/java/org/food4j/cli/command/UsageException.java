package org.food4j.cli.command;

/**
 * An option's value that the command does not take: wrong usage, exit code 2, where any other bad
 * input is a failure.
 */
public final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the option, what was given and what is allowed
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * @param message as above
   * @param cause what the option's value ran into
   */
  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
