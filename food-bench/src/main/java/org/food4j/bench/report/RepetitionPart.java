package org.food4j.bench.report;

import java.util.List;
import java.util.Locale;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.Repetition;
import org.food4j.data.page.Unit;

/** What is as in an earlier benchmark, and what is not. */
final class RepetitionPart {
  private static final int SHOWN = 60;

  private RepetitionPart() {}

  static Part of(Benchmark benchmark, Repetition repetition, ReportNames names) {
    Part part =
        new Part("repetition", "Compared with before")
            .verdict(RepeatedVerdict.of(benchmark, repetition, names));
    TextTable lines =
        new TextTable(
            "Medians then and now",
            List.of("Model"),
            List.of("Batch", "Before ms", "Now ms", "Now by before", "Top-1 points", "Same top-1"),
            List.of("Speed"));
    for (Repetition.Line line : repetition.lines()) {
      lines.row(
          names.of(line.model()),
          Unit.COUNT.text(line.batch()),
          Unit.NUMBER.text(line.beforeMs()),
          Unit.NUMBER.text(line.nowMs()),
          LatencyPart.text(line.ratio()),
          String.format(Locale.ROOT, "%+.1f", 100 * line.top1Change())
              .replaceFirst("^[-+]0\\.0$", "0.0"),
          Unit.PERCENT.text(line.answers().top1Agreement()),
          words(line));
    }
    part.table(lines);
    if (repetition.changes().isEmpty()) {
      return part.paragraph(
          RepeatedVerdict.isWhole(benchmark)
              ? "Files, hardware and versions are as before."
              : "Files, hardware and versions of what was repeated are as before.");
    }
    TextTable changes =
        new TextTable("Not as before", List.of("Changed", "Before", "Now"), List.of(), List.of());
    for (Repetition.Change change : repetition.changes()) {
      String where = benchmark.sources().size() > 1 ? " (%s)".formatted(change.source()) : "";
      changes.row(change.what() + where, shortened(change.before()), shortened(change.now()));
    }
    return part.paragraph("Changed since then:").table(changes);
  }

  /** {@code "as before"}, {@code "slower by 12 % (9 to 15 %)"}. */
  static String words(Repetition.Line line) {
    if (!Repetition.isChanged(line)) {
      return "as before";
    }
    boolean slower = line.ratio().value() > 1;
    Ratio ratio = slower ? line.ratio() : line.ratio().inverse();
    return String.format(
        Locale.ROOT,
        "%s by %.0f %% (%.0f to %.0f %%)",
        slower ? "slower" : "faster",
        100 * (ratio.value() - 1),
        100 * (ratio.low() - 1),
        100 * (ratio.high() - 1));
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
