package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.food4j.bench.compare.Repetition;

/** A repeated benchmark in words. */
public final class RepeatedVerdict {
  private RepeatedVerdict() {}

  /**
   * {@code "As before."}, or what is not: each model and batch size whose samples show a change.
   */
  public static String of(Repetition repetition) {
    List<String> findings = new ArrayList<>();
    for (Repetition.Line line : repetition.lines()) {
      if (Repetition.isChanged(line)) {
        findings.add(
            "%s %s at batch %d"
                .formatted(line.model().name(), RepetitionPart.words(line), line.batch()));
      }
    }
    repetition.lines().stream()
        .filter(line -> line.top1Change() != 0)
        .map(line -> "%s answers differently".formatted(line.model().name()))
        .distinct()
        .forEach(findings::add);
    return findings.isEmpty() ? "As before." : String.join("; ", findings) + ".";
  }
}
