package org.food4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.cli.doctor.Check;
import org.food4j.cli.doctor.Checks;
import org.food4j.cli.doctor.Finding;
import org.food4j.cli.doctor.Status;
import org.food4j.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code food doctor}: what is wrong with this machine, and what to do. */
@Command(
    name = "doctor",
    description = {
      "Checks Java, memory, disk, the engines with their native libraries, and the GPU:"
          + " what is wrong and what to do.",
      "The exit code is 1 if something needed does not work."
    },
    footer = {"  food doctor", "  food doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final List<Check> checks;
  @Mixin private JsonOption json;

  /**
   * The verb with all checks.
   *
   * @param terminal takes the findings
   */
  public DoctorCommand(Terminal terminal) {
    this(terminal, Checks.all());
  }

  DoctorCommand(Terminal terminal, List<Check> checks) {
    this.terminal = terminal;
    this.checks = List.copyOf(checks);
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      Finding finding = check.run();
      findings.add(finding);
      if (!json.isSet()) {
        // At once: should a native library crash Java, the lines before it say how far it came.
        print(finding);
      }
    }
    long failures = count(findings, Status.FAIL);
    long warnings = count(findings, Status.WARN);
    json.print(
        terminal,
        new Diagnosis(failures == 0, findings),
        () -> terminal.print(summary(failures, warnings)));
    return failures == 0 ? 0 : 1;
  }

  private void print(Finding finding) {
    terminal.print("%-4s  %-15s  %s".formatted(finding.status(), finding.check(), finding.found()));
    if (!finding.advice().isEmpty()) {
      terminal.print(" ".repeat(23) + "-> " + finding.advice());
    }
  }

  private static long count(List<Finding> findings, Status status) {
    return findings.stream().filter(finding -> finding.status() == status).count();
  }

  private static String summary(long failures, long warnings) {
    if (failures + warnings == 0) {
      return "All is well.";
    }
    return "%d to repair (FAIL), %d that could be better (WARN).".formatted(failures, warnings);
  }

  /** The JSON document. */
  private record Diagnosis(boolean ready, List<Finding> checks) {}
}
