package org.food4j.bench.report;

import java.util.List;
import java.util.Locale;
import org.food4j.bench.compare.Comparison;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.McNemar;

/** What the models get right, and how far they answer as the reference does. */
final class AgreementPart {
  private AgreementPart() {}

  static Part of(Benchmark benchmark, List<Comparison> comparisons, ReportNames names) {
    Part part = new Part("accuracy", "Accuracy and agreement").table(accuracy(benchmark, names));
    if (comparisons.isEmpty()) {
      return part;
    }
    List<String> same =
        comparisons.stream()
            .filter(each -> each.agreement().within(ExportCheck.TOLERANCE))
            .map(each -> names.of(each.model()))
            .toList();
    if (!same.isEmpty()) {
      part.verdict(
          "The same answers as %s, but for rounding: %s."
              .formatted(names.of(benchmark.referenceModel()), String.join("; ", same)));
    }
    return part.table(agreement(comparisons, names))
        .note(
            "Against %s, photo by photo: the difference of top-1 with Newcombe's 95 %% interval and McNemar's test, photos that one alone gets right; the share of photos with the same best label; the largest difference of a logit (up to %s counts as rounding); the signal-to-noise ratio of all logits. A p-value below 0.05 is called significant for that pair alone."
                .formatted(
                    names.of(benchmark.referenceModel()), Unit.NUMBER.text(ExportCheck.TOLERANCE)));
  }

  private static TextTable accuracy(Benchmark benchmark, ReportNames names) {
    TextTable table =
        new TextTable(
            "Accuracy",
            List.of("Model"),
            List.of("Top-1", "95 % interval", "Top-5", "Right"),
            List.of());
    for (MeasuredModel model : benchmark.models()) {
      Interval interval = model.answers().top1Interval();
      table.row(
          names.of(model),
          Unit.PERCENT.text(model.answers().top1()),
          Unit.PERCENT.text(interval.low()) + " to " + Unit.PERCENT.text(interval.high()),
          Unit.PERCENT.text(model.answers().top5()),
          "%d of %d".formatted(model.answers().correct(), model.answers().photos()));
    }
    return table;
  }

  private static TextTable agreement(List<Comparison> comparisons, ReportNames names) {
    TextTable table =
        new TextTable(
            "Agreement with the reference",
            List.of("Model"),
            List.of(
                "Points",
                "95 % interval",
                "p",
                "Alone right",
                "Same top-1",
                "Largest difference",
                "Signal to noise"),
            List.of());
    for (Comparison comparison : comparisons) {
      McNemar test = comparison.accuracy();
      table.row(
          names.of(comparison.model()),
          signed(test.difference()),
          signed(test.differenceLow()) + " to " + signed(test.differenceHigh()),
          p(test),
          "%d, reference %d".formatted(test.onlyFirst(), test.onlySecond()),
          Unit.PERCENT.text(comparison.agreement().top1Agreement()),
          number(comparison.agreement().maxAbsDifference()),
          decibels(comparison.snrDecibels()));
    }
    return table;
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share).replaceFirst("^[-+]0\\.0$", "0.0");
  }

  private static String p(McNemar test) {
    String value =
        test.pValue() < 0.001
            ? Unit.NUMBER.text(test.pValue())
            : String.format(Locale.ROOT, "%.3f", test.pValue());
    return test.significant() ? value + ", significant" : value;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Unit.NUMBER.text(value) : "not a number";
  }

  private static String decibels(double value) {
    if (Double.isNaN(value)) {
      return "not a number";
    }
    return Double.isInfinite(value) ? "no noise" : String.format(Locale.ROOT, "%.1f dB", value);
  }
}
