package org.food4j.bench.measure;

import java.io.IOException;
import java.util.List;

/** A measurement that failed in a process of its own. */
public final class WorkerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the system adds to the number of the signal that ended a process. */
  private static final int SIGNALLED = 128;

  private static final int SIGKILL = 9;
  private static final String REASON = "food: ";

  private final String log;

  /**
   * @param model the model's name
   * @param exitCode of the process
   * @param log all that the process has printed
   */
  public WorkerException(String model, int exitCode, String log) {
    super("%s could not be measured: %s (%s)".formatted(model, reason(log), end(exitCode)));
    this.log = log;
  }

  /** All that the process has printed. */
  public String log() {
    return log;
  }

  /** A command's last reason, which a hint on its usage or on more output may follow. */
  private static String reason(String log) {
    List<String> lines = log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> line.startsWith(REASON))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(REASON.length()))
        .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
  }

  private static String end(int exitCode) {
    if (exitCode <= SIGNALLED) {
      return "its process ended with exit code " + exitCode;
    }
    int signal = exitCode - SIGNALLED;
    return "its process was killed by signal "
        + signal
        + (signal == SIGKILL ? ", as Linux does where memory runs out" : "");
  }
}
