package org.food4j.bench.measure;

import java.io.IOException;

/** A measurement that failed in a process of its own. */
public final class WorkerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which model, how the process ended, and what it said last
   */
  public WorkerException(String message) {
    super(message);
  }
}
