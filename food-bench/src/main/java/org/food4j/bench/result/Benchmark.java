package org.food4j.bench.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that was measured over one set of photos: by one benchmark, or by several that were merged.
 *
 * @param sources where the measurements come from, at least one
 * @param photos that all models were asked about
 * @param models in the order to show them, at least one
 * @param reference the position in {@code models} of the one that others are held against
 * @param repetition how models of it compare with earlier measurements of themselves; absent if it
 *     repeats none
 */
public record Benchmark(
    List<Source> sources,
    BenchmarkPhotos photos,
    List<MeasuredModel> models,
    int reference,
    Optional<Repetition> repetition) {
  /** A benchmark that repeats none. */
  public Benchmark(
      List<Source> sources, BenchmarkPhotos photos, List<MeasuredModel> models, int reference) {
    this(sources, photos, models, reference, Optional.empty());
  }

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no model, the reference is none of them, a model's
   *     source is unknown, or the repetition is about another model or source
   */
  public Benchmark {
    sources = List.copyOf(sources);
    models = List.copyOf(models);
    if (reference < 0 || reference >= models.size()) {
      throw new IllegalArgumentException(
          "Of %d models none has the position %d".formatted(models.size(), reference));
    }
    Set<String> names = new HashSet<>();
    for (Source source : sources) {
      if (!names.add(source.name())) {
        throw new IllegalArgumentException("Two sources are named " + source.name());
      }
    }
    for (MeasuredModel model : models) {
      if (!names.contains(model.source())) {
        throw new IllegalArgumentException(
            "%s was measured at %s, which is none of %s"
                .formatted(model.name(), model.source(), names));
      }
    }
    if (repetition.isPresent()) {
      // The models themselves, not equal ones: a report tells them apart so.
      Set<MeasuredModel> own = Collections.newSetFromMap(new IdentityHashMap<>());
      own.addAll(models);
      for (Repetition.Line line : repetition.get().lines()) {
        if (!own.contains(line.model())) {
          throw new IllegalArgumentException(
              "%s of %s is compared with before, and is not in this benchmark"
                  .formatted(line.model().name(), line.model().source()));
        }
      }
      for (Repetition.Change change : repetition.get().changes()) {
        if (!names.contains(change.source())) {
          throw new IllegalArgumentException(
              "%s has changed at %s, which is none of %s"
                  .formatted(change.what(), change.source(), names));
        }
      }
    }
  }

  /** The model that others are held against. */
  public MeasuredModel referenceModel() {
    return models.get(reference);
  }

  /** All models but the reference, in order. */
  public List<MeasuredModel> candidates() {
    List<MeasuredModel> others = new ArrayList<>(models);
    others.remove(reference);
    return others;
  }

  /** The same, others being held against the first model of that name. */
  public Benchmark withReference(String name) {
    return new Benchmark(sources, photos, models, position(models, name), repetition);
  }

  /** The same, compared with an earlier one. */
  public Benchmark repeating(Repetition again) {
    return new Benchmark(sources, photos, models, reference, Optional.of(again));
  }

  /**
   * The position of the first model of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static int position(List<MeasuredModel> models, String name) {
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "The reference is one of %s, not '%s'"
            .formatted(models.stream().map(MeasuredModel::name).toList(), name));
  }

  /** The models that are compared with before, in order; none if it repeats none. */
  public List<MeasuredModel> repeated() {
    Set<MeasuredModel> again = Collections.newSetFromMap(new IdentityHashMap<>());
    repetition.ifPresent(r -> r.lines().forEach(line -> again.add(line.model())));
    return models.stream().filter(again::contains).toList();
  }

  /** The batch sizes that any model was measured at, ascending. */
  public List<Integer> batches() {
    return models.stream()
        .flatMap(model -> model.batches().stream())
        .map(BatchTimes::batch)
        .distinct()
        .sorted()
        .toList();
  }
}
