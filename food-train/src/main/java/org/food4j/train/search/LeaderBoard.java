package org.food4j.train.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.food4j.data.file.AtomicFile;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.McNemar;
import org.food4j.train.evaluate.SeedBootstrap;
import org.food4j.train.loop.EpochMetrics;

/**
 * Finished runs on one data set, the best first by validation top-1: the evaluated photos, which
 * judge, take no part in the order. Rows without a failed training come before those with one, and
 * those that a halving has stopped behind those that it has not: fewer epochs are no fair match.
 *
 * @param fingerprint of the data set
 * @param split that was evaluated: {@code "test"}, or {@code "validation"} without test photos
 * @param photos that were evaluated
 * @param keys that were swept
 * @param rows the best first
 * @param curves by row, validation top-1 after each epoch of its first training
 */
public record LeaderBoard(
    String fingerprint,
    String split,
    int photos,
    List<String> keys,
    List<LeaderBoardRow> rows,
    List<List<Double>> curves) {
  /** Copies the lists. */
  public LeaderBoard {
    keys = List.copyOf(keys);
    rows = List.copyOf(rows);
    curves = curves.stream().map(List::copyOf).toList();
  }

  /**
   * Reads sweeps and runs, which need not come from one sweep: what has the same data set and the
   * same evaluated photos can stand on one board. Runs that differ in their seed alone share a row.
   *
   * @param directories of sweeps and of runs, by the name of a run's row; a sweep's rows have names
   *     of their own
   * @throws IllegalArgumentException if one is neither, a run is named twice, none has finished, or
   *     they are of different data sets or photos
   * @throws IOException if one is broken, or a run is not finished
   */
  public static LeaderBoard read(Map<String, Path> directories) throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    List<BoardEntry> entries = new ArrayList<>();
    for (Map.Entry<String, Path> each : directories.entrySet()) {
      Path path = each.getValue();
      if (SweepDirectory.isOne(path)) {
        SweepEntries sweep = SweepEntries.read(path);
        keys.addAll(sweep.keys());
        entries.addAll(sweep.entries());
      } else if (Files.isDirectory(path)) {
        SweepEntries.add(entries, each.getKey(), BoardRun.read(path));
      } else {
        throw new IllegalArgumentException(
            path + " is neither a sweep's directory nor a run's: there is no such folder");
      }
    }
    return of(List.copyOf(keys), entries);
  }

  private static LeaderBoard of(List<String> keys, List<BoardEntry> entries) throws IOException {
    List<BoardRun> runs = entries.stream().flatMap(entry -> entry.runs().stream()).toList();
    // a run of a sweep may stand alone, too: it is no further seed of the sweep's row
    requireDistinct(
        entries.stream()
            .filter(entry -> !entry.swept())
            .flatMap(entry -> entry.runs().stream())
            .toList());
    BoardRun first =
        runs.stream()
            .filter(run -> run.evaluation().isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No training of %s came to its end: there is nothing to rank"
                            .formatted(runs.stream().map(BoardRun::path).toList())));
    for (BoardRun run : runs) {
      requireComparable(first, run);
    }
    List<BoardEntry> ranked = entries.stream().sorted(order()).toList();
    List<LeaderBoardRow> rows = new ArrayList<>();
    for (BoardEntry entry : ranked) {
      rows.add(row(entry, keys, ranked.get(0)));
    }
    Evaluation evaluation = first.evaluation().orElseThrow();
    return new LeaderBoard(
        first.fingerprint(),
        evaluation.split(),
        evaluation.photos(),
        keys,
        rows,
        ranked.stream().map(LeaderBoard::curve).toList());
  }

  private static void requireDistinct(List<BoardRun> runs) throws IOException {
    Map<Path, Path> given = new LinkedHashMap<>();
    for (BoardRun run : runs) {
      Path other = given.putIfAbsent(run.path().toRealPath(), run.path());
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are one and the same run: name each run once".formatted(other, run.path()));
      }
    }
  }

  private static void requireComparable(BoardRun first, BoardRun run) {
    if (!first.fingerprint().equals(run.fingerprint())) {
      throw new IllegalArgumentException(
          "%s was trained on the data set %s, %s on %s: one leader board has one data set"
              .formatted(first.path(), first.fingerprint(), run.path(), run.fingerprint()));
    }
    Evaluation expected = first.evaluation().orElseThrow();
    if (run.evaluation().isPresent() && !run.evaluation().get().hasPhotosOf(expected)) {
      Evaluation other = run.evaluation().get();
      throw new IllegalArgumentException(
          "%s was evaluated on %s %s photos, %s on %s %s photos that are not the same: one leader board has one set of photos"
              .formatted(
                  first.path(),
                  expected.photos(),
                  expected.split(),
                  run.path(),
                  other.photos(),
                  other.split()));
    }
  }

  private static Comparator<BoardEntry> order() {
    return Comparator.comparing((BoardEntry entry) -> finished(entry).isEmpty())
        .thenComparing(entry -> finished(entry).size() < entry.runs().size())
        .thenComparing(entry -> entry.planned().isPresent())
        .thenComparingDouble(entry -> entry.planned().isPresent() ? -epochs(entry) : 0)
        .thenComparingDouble(entry -> -mean(entry, true))
        .thenComparingDouble(entry -> mean(entry, false));
  }

  private static double epochs(BoardEntry entry) {
    return finished(entry).stream().mapToInt(run -> run.epochs().size()).average().orElse(0);
  }

  private static double mean(BoardEntry entry, boolean top1) {
    return finished(entry).stream()
        .map(BoardRun::best)
        .mapToDouble(top1 ? EpochMetrics::validationTop1 : EpochMetrics::validationLoss)
        .average()
        .orElse(0);
  }

  private static List<BoardRun> finished(BoardEntry entry) {
    return entry.runs().stream().filter(run -> run.evaluation().isPresent()).toList();
  }

  private static List<Double> curve(BoardEntry entry) {
    return finished(entry).stream()
        .findFirst()
        .map(run -> run.epochs().stream().map(EpochMetrics::validationTop1).toList())
        .orElse(List.of());
  }

  private static LeaderBoardRow row(BoardEntry entry, List<String> keys, BoardEntry leader)
      throws IOException {
    Map<Path, String> failures = new LinkedHashMap<>();
    for (BoardRun run : entry.runs()) {
      run.failure().ifPresent(reason -> failures.put(run.path(), reason));
    }
    return new LeaderBoardRow(
        entry.name(),
        entry.swept(),
        SweepEntries.values(entry, keys),
        entry.planned(),
        finished(entry).stream().map(BoardRun::path).toList(),
        failures,
        finished(entry).isEmpty() ? Optional.empty() : Optional.of(figures(entry, leader)));
  }

  private static LeaderBoardRow.Figures figures(BoardEntry entry, BoardEntry leader)
      throws IOException {
    List<BoardRun> runs = finished(entry);
    List<Evaluation> evaluations = evaluations(entry);
    List<Evaluation> leading = evaluations(leader);
    boolean alone = evaluations.size() == 1 && leading.size() == 1;
    return new LeaderBoardRow.Figures(
        runs.get(0).parameters(),
        epochs(entry),
        runs.stream().mapToDouble(BoardRun::minutes).average().orElseThrow(),
        Spread.of(runs, run -> run.best().validationTop1()),
        Spread.of(evaluations, Evaluation::top1),
        interval(evaluations),
        Spread.of(evaluations, Evaluation::top5),
        Spread.of(evaluations, evaluation -> evaluation.macro().f1()),
        entry == leader
            ? Optional.empty()
            : Optional.of(SeedBootstrap.difference(answers(evaluations), answers(leading))),
        entry == leader || !alone
            ? OptionalDouble.empty()
            : OptionalDouble.of(McNemar.of(evaluations.get(0), leading.get(0)).exactPValue()));
  }

  private static List<Evaluation> evaluations(BoardEntry entry) {
    return finished(entry).stream().map(run -> run.evaluation().orElseThrow()).toList();
  }

  private static Interval interval(List<Evaluation> evaluations) {
    return evaluations.size() == 1
        ? evaluations.get(0).top1Interval()
        : SeedBootstrap.mean(answers(evaluations));
  }

  /** By training and photo, whether the answer is right. */
  private static List<boolean[]> answers(List<Evaluation> evaluations) {
    List<boolean[]> answers = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      boolean[] right = new boolean[evaluation.photos()];
      for (int photo = 0; photo < right.length; photo++) {
        right[photo] = evaluation.results().get(photo).correct();
      }
      answers.add(right);
    }
    return answers;
  }

  /** The content of {@code leaderboard.json}, for a writer of JSON. */
  public Map<String, Object> document() {
    return LeaderBoardJson.of(this);
  }

  /** The content of {@code leaderboard.md}. */
  public String markdown() {
    return new LeaderBoardTable(this).markdown();
  }

  /**
   * Writes {@code leaderboard.json, .csv, .md} and {@code .html} into a folder, over those there.
   *
   * @throws IOException if one cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("leaderboard.json"), SweepDirectory.json(document()));
    LeaderBoardTable table = new LeaderBoardTable(this);
    AtomicFile.write(folder.resolve("leaderboard.csv"), table.csv());
    AtomicFile.write(folder.resolve("leaderboard.md"), table.markdown());
    LeaderBoardPage.of(this).write(folder.resolve("leaderboard.html"));
  }
}
