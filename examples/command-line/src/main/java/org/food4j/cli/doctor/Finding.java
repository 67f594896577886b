package org.food4j.cli.doctor;

/**
 * What one check found.
 *
 * @param check its name
 * @param status how well things are
 * @param found what is there
 * @param advice what to do; empty if and only if the status is {@link Status#OK}
 */
public record Finding(String check, Status status, String found, String advice) {
  /**
   * @throws IllegalArgumentException if a problem comes without advice, or advice without a problem
   */
  public Finding {
    if (advice.isEmpty() != (status == Status.OK)) {
      throw new IllegalArgumentException(
          "%s: advice belongs to WARN and FAIL, and to nothing else; this is %s with \"%s\""
              .formatted(check, status, advice));
    }
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Status.OK, found, "");
  }

  static Finding warn(String check, String found, String advice) {
    return new Finding(check, Status.WARN, found, advice);
  }

  static Finding fail(String check, String found, String advice) {
    return new Finding(check, Status.FAIL, found, advice);
  }
}
