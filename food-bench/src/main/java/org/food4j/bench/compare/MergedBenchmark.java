package org.food4j.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.BenchmarkPhotos;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Repetition;
import org.food4j.bench.result.Source;

/** Benchmarks of several machines or processes as one. */
public final class MergedBenchmark {
  private MergedBenchmark() {}

  /**
   * Puts the models of several benchmarks side by side. The reference is that of the first. Sources
   * of equal names get a number. What a benchmark tells of an earlier one that it repeats is kept.
   *
   * @param benchmarks at least one
   * @throws IllegalArgumentException if there is none, or they are not about the same photos
   */
  public static Benchmark of(List<Benchmark> benchmarks) {
    if (benchmarks.isEmpty()) {
      throw new IllegalArgumentException("At least one benchmark is merged");
    }
    Benchmark first = benchmarks.get(0);
    for (Benchmark other : benchmarks) {
      requireSamePhotos(first.photos(), other.photos());
    }
    Set<String> taken = new HashSet<>();
    List<Source> sources = new ArrayList<>();
    List<MeasuredModel> models = new ArrayList<>();
    List<Repetition.Line> lines = new ArrayList<>();
    List<Repetition.Change> changes = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Map<String, String> names = new HashMap<>();
      for (Source source : benchmark.sources()) {
        String name = free(source.name(), taken);
        taken.add(name);
        names.put(source.name(), name);
        sources.add(source.named(name));
      }
      // By identity, as a report tells models apart: a line's model is the merged one itself.
      Map<MeasuredModel, MeasuredModel> renamed = new IdentityHashMap<>();
      for (MeasuredModel model : benchmark.models()) {
        MeasuredModel here = model.of(Objects.requireNonNull(names.get(model.source())));
        renamed.put(model, here);
        models.add(here);
      }
      if (benchmark.repetition().isPresent()) {
        Repetition again = benchmark.repetition().get();
        again
            .lines()
            .forEach(line -> lines.add(line.of(Objects.requireNonNull(renamed.get(line.model())))));
        again
            .changes()
            .forEach(
                change ->
                    changes.add(change.of(Objects.requireNonNull(names.get(change.source())))));
      }
    }
    // The entries are equal, so that answers of any two models can be held against one another.
    Benchmark merged = new Benchmark(sources, first.photos(), models, first.reference());
    return lines.isEmpty() ? merged : merged.repeating(new Repetition(lines, changes));
  }

  /** The name, or the first with a number; a merged benchmark's sources may have one already. */
  private static String free(String name, Set<String> taken) {
    String base = name.replaceFirst(" \\(\\d+\\)$", "");
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = base + " (" + number + ")";
    }
    return free;
  }

  private static void requireSamePhotos(BenchmarkPhotos one, BenchmarkPhotos other) {
    if (!one.areThoseOf(other)) {
      throw new IllegalArgumentException(
          "Benchmarks of the same photos are merged, but %s (%s, %d photos, fingerprint %.12s) is not %s (%s, %d photos, fingerprint %.12s): write a report of each"
              .formatted(
                  other.directory(),
                  other.split().key(),
                  other.questions().size(),
                  other.fingerprint(),
                  one.directory(),
                  one.split().key(),
                  one.questions().size(),
                  one.fingerprint()));
    }
  }
}
