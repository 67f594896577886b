package org.food4j.bench.result;

import java.util.List;

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
    /** The same, its model being known under another source's name. */
    public Line of(MeasuredModel other) {
      return new Line(other, batch, beforeMs, nowMs, ratio, top1Change, answers, sameFile);
    }

    private boolean isAbout(ResultRow row) {
      return model.source().equals(row.source())
          && model.name().equals(row.model())
          && model.runtime().equals(row.runtime())
          && batch == row.batch();
    }
  }

  /**
   * Something that is not as before.
   *
   * @param source where, one of the benchmark's sources
   * @param what the file's name or the fact of the environment
   * @param before its SHA-256 or value then, {@code "-"} if there was none
   * @param now the same now
   */
  public record Change(String source, String what, String before, String now) {
    /** The same, the source being known under another name. */
    public Change of(String otherSource) {
      return new Change(otherSource, what, before, now);
    }
  }

  /** A change of a median by less than that is not told, however sure. */
  public static final double LEAST = 0.02;

  /** Copies the lists. */
  public Repetition {
    lines = List.copyOf(lines);
    changes = List.copyOf(changes);
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
