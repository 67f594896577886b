package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkSettings;
import org.food4j.bench.result.Source;

/** Where and how it was measured, a column per source. */
final class EnvironmentPart {
  private EnvironmentPart() {}

  static Part of(Benchmark benchmark) {
    List<String> headings = new ArrayList<>(List.of("Property"));
    benchmark.sources().forEach(source -> headings.add(source.name()));
    TextTable table = new TextTable("Environment", headings, List.of(), List.of());
    Set<String> facts = new LinkedHashSet<>();
    benchmark.sources().forEach(source -> facts.addAll(source.environment().keySet()));
    for (String fact : facts) {
      List<String> cells = new ArrayList<>(List.of(fact));
      benchmark.sources().forEach(s -> cells.add(s.environment().getOrDefault(fact, "–")));
      table.row(cells.toArray(String[]::new));
    }
    List<String> cells = new ArrayList<>(List.of("measured"));
    benchmark.sources().forEach(source -> cells.add(settings(source)));
    table.row(cells.toArray(String[]::new));
    return new Part("environment", "Environment")
        .paragraph("Where it was measured; times hold for such a machine.")
        .table(table);
  }

  private static String settings(Source source) {
    BenchmarkSettings s = source.settings();
    return String.format(
        Locale.ROOT,
        "%s of at least %s and %s s, after at least %s and %s s of warm-up",
        counted(s.rounds(), "round"),
        counted(s.calls(), "call"),
        s.seconds(),
        counted(s.warmUpCalls(), "call"),
        s.warmUpSeconds());
  }

  /** {@code "1 model"}, {@code "2 models"}. */
  static String counted(int count, String singular) {
    return count + " " + singular + (count == 1 ? "" : "s");
  }
}
