package org.food4j.cli.doctor;

/** How well one thing is. */
public enum Status {
  /** As it should be. */
  OK,
  /** Works, but slower or less than it could. */
  WARN,
  /** Some command will not work. */
  FAIL
}
