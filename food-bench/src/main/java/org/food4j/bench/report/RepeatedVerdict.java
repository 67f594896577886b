package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Repetition;

/** A repeated benchmark in words. */
public final class RepeatedVerdict {
  private RepeatedVerdict() {}

  /**
   * {@code "As before."}, or what is not: each model and batch size whose samples show a change,
   * each model that answers differently, and each whose file is another one. Where only some of a
   * merged benchmark's models were repeated, which: {@code "1 of 2 models was repeated (int8.onnx):
   * as before."}
   *
   * @return empty if the benchmark repeats none
   */
  public static Optional<String> of(Benchmark benchmark) {
    return benchmark.repetition().map(again -> of(benchmark, again, new ReportNames(benchmark)));
  }

  /** Whether all models of a benchmark were repeated. */
  static boolean isWhole(Benchmark benchmark) {
    return benchmark.repeated().size() == benchmark.models().size();
  }

  static String of(Benchmark benchmark, Repetition repetition, ReportNames names) {
    List<String> findings = new ArrayList<>();
    for (Repetition.Line line : repetition.lines()) {
      if (Repetition.isChanged(line)) {
        findings.add(
            "%s %s at batch %d"
                .formatted(names.of(line.model()), RepetitionPart.words(line), line.batch()));
      }
    }
    repetition.lines().stream()
        .flatMap(line -> answers(line, names.of(line.model())).stream())
        .distinct()
        .forEach(findings::add);
    repetition.lines().stream()
        .filter(line -> !line.sameFile())
        .map(line -> names.of(line.model()) + " is another file")
        .distinct()
        .forEach(findings::add);
    if (isWhole(benchmark)) {
      return findings.isEmpty() ? "As before." : String.join("; ", findings) + ".";
    }
    List<MeasuredModel> repeated = benchmark.repeated();
    return "%d of %d models %s repeated (%s): %s."
        .formatted(
            repeated.size(),
            benchmark.models().size(),
            repeated.size() == 1 ? "was" : "were",
            String.join("; ", repeated.stream().map(names::of).toList()),
            findings.isEmpty() ? "as before" : String.join("; ", findings));
  }

  private static Optional<String> answers(Repetition.Line line, String name) {
    Agreement answers = line.answers();
    if (answers.within(ExportCheck.TOLERANCE)) {
      return Optional.empty();
    }
    long others = Math.round((1 - answers.top1Agreement()) * answers.photos());
    return Optional.of(
        others == 0
            ? String.format(
                Locale.ROOT,
                "%s gives the same answers with other logits (by up to %.2g)",
                name,
                answers.maxAbsDifference())
            : "%s answers %d of %s differently"
                .formatted(name, others, EnvironmentPart.counted(answers.photos(), "photo")));
  }
}
