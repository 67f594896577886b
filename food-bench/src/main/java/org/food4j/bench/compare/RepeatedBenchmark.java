package org.food4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.food4j.bench.result.Agreement;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Repetition;
import org.food4j.bench.result.Source;

/** A benchmark held against an earlier one of the same models, photos and settings. */
public final class RepeatedBenchmark {
  private RepeatedBenchmark() {}

  /**
   * Compares.
   *
   * @return the later benchmark, with its {@link Benchmark#repetition()}
   * @throws IllegalArgumentException if a model was not in the earlier benchmark, or the photos are
   *     others
   */
  public static Benchmark of(Benchmark before, Benchmark now) {
    if (!now.photos().areThoseOf(before.photos())) {
      throw new IllegalArgumentException(
          "The photos of %s are not those of the earlier benchmark: the data set has changed"
              .formatted(now.photos().directory()));
    }
    List<Repetition.Line> lines = new ArrayList<>();
    List<Repetition.Change> changes = new ArrayList<>();
    for (MeasuredModel model : now.models()) {
      MeasuredModel earlier =
          before.models().stream()
              .filter(model::isSameSubject)
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          model.path() + " was not in the earlier benchmark"));
      if (!earlier.sha256().equals(model.sha256())) {
        changes.add(
            new Repetition.Change(model.source(), model.name(), earlier.sha256(), model.sha256()));
      }
      for (BatchTimes times : model.batches()) {
        earlier.batch(times.batch()).ifPresent(old -> lines.add(line(model, times, earlier, old)));
      }
    }
    changes.addAll(differences(before.sources().get(0), now.sources().get(0)));
    return now.repeating(new Repetition(lines, changes));
  }

  private static Repetition.Line line(
      MeasuredModel model, BatchTimes times, MeasuredModel earlier, BatchTimes old) {
    return new Repetition.Line(
        model,
        times.batch(),
        old.p50Ms(),
        times.p50Ms(),
        MedianRatio.of(times.times(), old.times(), false),
        model.answers().top1() - earlier.answers().top1(),
        Agreement.of(earlier.scores(), model.scores()),
        earlier.sha256().equals(model.sha256()));
  }

  private static List<Repetition.Change> differences(Source before, Source now) {
    TreeSet<String> names = new TreeSet<>(before.environment().keySet());
    names.addAll(now.environment().keySet());
    return names.stream()
        .map(
            name ->
                new Repetition.Change(
                    now.name(),
                    name,
                    before.environment().getOrDefault(name, "-"),
                    now.environment().getOrDefault(name, "-")))
        .filter(change -> !Objects.equals(change.before(), change.now()))
        .filter(change -> !change.what().equals("load_average"))
        .toList();
  }
}
