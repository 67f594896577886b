package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.food4j.bench.compare.Advice;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.compare.Comparison.Speedup;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Ratio;
import org.food4j.data.page.Unit;

/**
 * A benchmark in words: a sentence for each model that is held against the reference, {@code "ONNX
 * int8 static: 2.1 times faster than ONNX float32 (1.9 to 2.3) at batch 1, top-1 0.4 points lower,
 * not significant: use it."} A difference that the samples do not show is called none.
 */
public final class Verdicts {
  private static final double NARROW = 0.1;

  private final Benchmark benchmark;
  private final List<Comparison> comparisons;
  private final ReportNames names;

  /** The verdicts on a benchmark's models. */
  public Verdicts(Benchmark benchmark) {
    this(benchmark, Comparison.all(benchmark), new ReportNames(benchmark));
  }

  Verdicts(Benchmark benchmark, List<Comparison> comparisons, ReportNames names) {
    this.benchmark = benchmark;
    this.comparisons = comparisons;
    this.names = names;
  }

  /** A sentence for each model but the reference, in order; of a single model its throughput. */
  public List<String> sentences() {
    return comparisons.isEmpty()
        ? List.of(alone())
        : comparisons.stream().map(this::sentence).toList();
  }

  /** The sentence on the fastest of the models that are held against the reference. */
  public String best() {
    return comparisons.stream()
        .max(Comparator.comparingDouble(each -> each.meanSpeedup().orElse(0)))
        .map(this::sentence)
        .orElseGet(this::alone);
  }

  private String alone() {
    MeasuredModel model = benchmark.referenceModel();
    BatchTimes best =
        model.batches().stream()
            .max(Comparator.comparingDouble(BatchTimes::photosPerSecond))
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s answers %,.0f photos per second at batch %d, %s of them right.",
        names.of(model),
        best.photosPerSecond(),
        best.batch(),
        Unit.PERCENT.text(model.answers().top1()).replace('\u00a0', ' '));
  }

  private String sentence(Comparison comparison) {
    Advice advice = Advice.of(comparison);
    return "%s: %s, %s: %s."
        .formatted(
            names.of(comparison.model()),
            speed(comparison),
            accuracy(comparison),
            words(advice, comparison));
  }

  private String speed(Comparison comparison) {
    if (comparison.speedups().isEmpty()) {
      return "no batch size in common with " + names.of(comparison.reference());
    }
    List<String> findings = new ArrayList<>();
    for (Speedup speedup : comparison.speedups()) {
      String than = findings.isEmpty() ? names.of(comparison.reference()) : "";
      findings.add(finding(speedup.ratio(), than) + " at batch " + speedup.batch());
    }
    String last = findings.remove(findings.size() - 1);
    return findings.isEmpty() ? last : String.join(", ", findings) + " and " + last;
  }

  private static String finding(Ratio ratio, String than) {
    if (Advice.isFaster(ratio)) {
      return amount(ratio, "faster", than);
    }
    if (Advice.isSlower(ratio)) {
      return amount(ratio.inverse(), "slower", than);
    }
    String equal =
        isNarrow(ratio)
            ? "as fast" + (than.isEmpty() ? "" : " as " + than)
            : "not measurably different" + (than.isEmpty() ? "" : " in speed from " + than);
    return String.format(Locale.ROOT, "%s (%.2f to %.2f)", equal, ratio.low(), ratio.high());
  }

  /** Whether the interval says that speeds are equal, not only that no difference was found. */
  private static boolean isNarrow(Ratio ratio) {
    return ratio.low() > 1 - NARROW && ratio.high() < 1 + NARROW;
  }

  private static String amount(Ratio ratio, String direction, String than) {
    String whom = than.isEmpty() ? "" : " than " + than;
    if (ratio.value() < 1.1) {
      return String.format(
          Locale.ROOT,
          "%.0f %% %s%s (%.0f to %.0f %%)",
          100 * (ratio.value() - 1),
          direction,
          whom,
          100 * (ratio.low() - 1),
          100 * (ratio.high() - 1));
    }
    return String.format(
        Locale.ROOT,
        // An end that is written as 1.0 would say that there may be no difference.
        ratio.low() < 1.05 ? "%.2f times %s%s (%.2f to %.2f)" : "%.1f times %s%s (%.1f to %.1f)",
        ratio.value(),
        direction,
        whom,
        ratio.low(),
        ratio.high());
  }

  private static String accuracy(Comparison comparison) {
    double points = 100 * comparison.accuracy().difference();
    boolean significant = comparison.accuracy().significant();
    if (Math.abs(points) < 0.05 && !significant) {
      return comparison.agreement().top1Agreement() == 1 ? "the same answers" : "the same top-1";
    }
    return String.format(
        Locale.ROOT,
        Math.abs(points) < 0.05
            ? "top-1 %.3f points %s, %ssignificant"
            : "top-1 %.1f points %s, %ssignificant",
        Math.abs(points),
        points < 0 ? "lower" : "higher",
        significant ? "" : "not ");
  }

  private static String words(Advice advice, Comparison comparison) {
    return switch (advice) {
      case USE -> "use it";
      case USE_WHERE_FASTER -> "use it at batch " + fasterBatches(comparison);
      case WEIGH -> "weigh the speed against the lost accuracy";
      case MEASURE_MORE -> "too few photos to tell whether that much is lost, measure on more";
      case MEASURE_SPEED -> "measure both at one batch size";
      case FOR_SIZE ->
          String.format(
              Locale.ROOT,
              "not for speed, but for a smaller file (%.0f %% of the size)",
              100 * comparison.sizeRatio());
      case FOR_ACCURACY -> "use it for its accuracy, not for speed";
      case EITHER -> "no reason to change";
      case DO_NOT -> "do not";
    };
  }

  private static String fasterBatches(Comparison comparison) {
    return comparison.speedups().stream()
        .filter(speedup -> Advice.isFaster(speedup.ratio()))
        .map(speedup -> Integer.toString(speedup.batch()))
        .collect(Collectors.joining(" and "));
  }
}
