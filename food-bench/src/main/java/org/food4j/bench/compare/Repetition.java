package org.food4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.bench.result.Ratio;
import org.food4j.bench.result.ResultRow;

/**
 * A benchmark held against an earlier one of the same models, photos and settings.
 *
 * @param lines by model and batch size
 * @param changes what is not as before: files, hardware, versions
 */
public record Repetition(List<Line> lines, List<Change> changes) {
  /**
   * One model at one batch size.
   *
   * @param model as it is now
   * @param batch photos per call
   * @param beforeMs the median then
   * @param nowMs the median now
   * @param ratio now by then: above 1, slower than before
   * @param top1Change top-1 now less then
   * @param answers now against those then, photo by photo
   * @param sameFile whether the model's file is the same, by its SHA-256
   */
  public record Line(
      MeasuredModel model,
      int batch,
      double beforeMs,
      double nowMs,
      Ratio ratio,
      double top1Change,
      Agreement answers,
      boolean sameFile) {
    private boolean isAbout(ResultRow row) {
      return model.name().equals(row.model())
          && model.runtime().equals(row.runtime())
          && batch == row.batch();
    }
  }

  /**
   * Something that is not as before.
   *
   * @param what the file's name or the fact of the environment
   * @param before its SHA-256 or value then, {@code "-"} if there was none
   * @param now the same now
   */
  public record Change(String what, String before, String now) {}

  /** A change of a median by less than that is not told, however sure. */
  public static final double LEAST = 0.02;

  /** Copies the lists. */
  public Repetition {
    lines = List.copyOf(lines);
    changes = List.copyOf(changes);
  }

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if a model was not in the earlier benchmark, or the photos are
   *     others
   */
  public static Repetition of(Benchmark before, Benchmark now) {
    if (!now.photos().areThoseOf(before.photos())) {
      throw new IllegalArgumentException(
          "The photos of %s are not those of the earlier benchmark: the data set has changed"
              .formatted(now.photos().directory()));
    }
    List<Line> lines = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
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
        changes.add(new Change(model.name(), earlier.sha256(), model.sha256()));
      }
      for (BatchTimes times : model.batches()) {
        earlier.batch(times.batch()).ifPresent(old -> lines.add(line(model, times, earlier, old)));
      }
    }
    changes.addAll(
        differences(before.sources().get(0).environment(), now.sources().get(0).environment()));
    return new Repetition(lines, changes);
  }

  private static Line line(
      MeasuredModel model, BatchTimes times, MeasuredModel earlier, BatchTimes old) {
    return new Line(
        model,
        times.batch(),
        old.p50Ms(),
        times.p50Ms(),
        MedianRatio.of(times.times(), old.times(), false),
        model.answers().top1() - earlier.answers().top1(),
        Agreement.of(earlier.scores(), model.scores()),
        earlier.sha256().equals(model.sha256()));
  }

  private static List<Change> differences(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> new Change(name, before.getOrDefault(name, "-"), now.getOrDefault(name, "-")))
        .filter(change -> !Objects.equals(change.before(), change.now()))
        .filter(change -> !change.what().equals("load_average"))
        .toList();
  }

  /** The figures of this benchmark, each row with its change. */
  public List<ResultRow> annotated(List<ResultRow> rows) {
    return rows.stream()
        .map(
            row ->
                row.withSlowdown(
                    lines.stream().filter(line -> line.isAbout(row)).map(Line::ratio).findFirst()))
        .toList();
  }

  /** Whether a line's samples show a change of the time; answers and files are told apart. */
  public static boolean isChanged(Line line) {
    return line.ratio().clear() && Math.abs(line.ratio().value() - 1) >= LEAST;
  }
}
