package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.food4j.bench.compare.Speedup;
import org.food4j.bench.result.LatencyRow;

/** A benchmark in one sentence. */
public final class Verdict {
  private final List<LatencyRow> rows;
  private final Map<RowNames.Subject, String> names;
  private final RowNames.Subject baseline;

  private Verdict(List<LatencyRow> rows) {
    this.rows = List.copyOf(rows);
    this.names = RowNames.of(rows);
    this.baseline = RowNames.Subject.of(rows.get(0));
  }

  /**
   * Holds the fastest of the others against the first thing measured, at each batch size that both
   * have: {@code "ONNX float32 is 3.1 times faster than DL4J at batch 1 and 2.4 times faster at
   * batch 16, with the same top-1."} A difference that the samples do not show is called none.
   *
   * @param rows at least one; the first is the baseline
   */
  public static String of(List<LatencyRow> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("There is no verdict: nothing was measured");
    }
    return new Verdict(rows).sentence();
  }

  private String sentence() {
    if (names.size() == 1) {
      LatencyRow fastest =
          rows.stream().max(Comparator.comparingDouble(LatencyRow::photosPerSecond)).orElseThrow();
      return String.format(
          Locale.ROOT,
          "%s answers %,.0f photos per second at batch %d.",
          names.get(baseline),
          fastest.photosPerSecond(),
          fastest.batch());
    }
    Optional<RowNames.Subject> best =
        names.keySet().stream()
            .filter(subject -> !subject.equals(baseline) && !pairs(subject).isEmpty())
            .max(Comparator.comparingDouble(this::meanSpeedup));
    return best.map(this::against)
        .orElse("Nothing was measured at the batch sizes of " + names.get(baseline) + ".");
  }

  private String against(RowNames.Subject subject) {
    List<Pair> pairs = pairs(subject);
    List<String> findings = new ArrayList<>();
    for (Pair pair : pairs) {
      String than = findings.isEmpty() ? names.get(baseline) : "";
      findings.add(finding(pair.speedup(), than) + " at batch " + pair.candidate().batch());
    }
    String last = findings.remove(findings.size() - 1);
    String all = findings.isEmpty() ? last : String.join(", ", findings) + " and " + last;
    return names.get(subject) + " is " + all + ", " + accuracy(pairs.get(0)) + ".";
  }

  private static String finding(Speedup speedup, String than) {
    double factor = Math.max(speedup.factor(), 1 / speedup.factor());
    if (!speedup.clear() || factor < 1.01) {
      return "not measurably different" + (than.isEmpty() ? "" : " from " + than);
    }
    String amount =
        factor < 1.1
            ? String.format(Locale.ROOT, "%.0f %%", (factor - 1) * 100)
            : String.format(Locale.ROOT, "%.1f times", factor);
    String direction = speedup.factor() > 1 ? " faster" : " slower";
    return amount + direction + (than.isEmpty() ? "" : " than " + than);
  }

  private static String accuracy(Pair pair) {
    double points = (pair.candidate().top1() - pair.base().top1()) * 100;
    return Math.abs(points) < 0.05
        ? "with the same top-1"
        : String.format(
            Locale.ROOT,
            "with a top-1 that is %.1f points %s",
            Math.abs(points),
            points < 0 ? "lower" : "higher");
  }

  private double meanSpeedup(RowNames.Subject subject) {
    return pairs(subject).stream()
        .mapToDouble(pair -> Math.log(pair.speedup().factor()))
        .average()
        .orElseThrow();
  }

  private List<Pair> pairs(RowNames.Subject subject) {
    List<Pair> pairs = new ArrayList<>();
    for (LatencyRow base : rows) {
      if (RowNames.Subject.of(base).equals(baseline)) {
        rows.stream()
            .filter(row -> RowNames.Subject.of(row).equals(subject))
            .filter(row -> row.batch() == base.batch())
            .findFirst()
            .ifPresent(row -> pairs.add(new Pair(base, row, Speedup.of(base, row))));
      }
    }
    return pairs;
  }

  private record Pair(LatencyRow base, LatencyRow candidate, Speedup speedup) {}
}
