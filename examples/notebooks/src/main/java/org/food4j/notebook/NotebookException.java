package org.food4j.notebook;

/** A notebook that does not run to its end; the message names the place. */
final class NotebookException extends Exception {
  private static final long serialVersionUID = 1;

  NotebookException(String message) {
    super(message);
  }
}
