package org.food4j.train.search;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.food4j.train.evaluate.Interval;
import org.food4j.train.evaluate.SeedBootstrap;

/**
 * A row of a leader board: trainings that differ in their seed alone.
 *
 * @param name of the combination, or of the run
 * @param swept whether it comes from a sweep
 * @param values by the keys that were swept
 * @param planned epochs of the whole training, where a halving has not gone on to them; otherwise
 *     empty
 * @param runs the run directories that finished
 * @param failures why others did not, by run directory
 * @param figures of those that finished; empty if none did
 */
public record LeaderBoardRow(
    String name,
    boolean swept,
    Map<String, String> values,
    OptionalInt planned,
    List<Path> runs,
    Map<Path, String> failures,
    Optional<Figures> figures) {
  /**
   * What trainings came to.
   *
   * @param parameters of the network, as papers count them
   * @param epochs that were trained, on average
   * @param minutes of training and validating, on average, without a frozen part's features
   * @param validationTop1 of the epochs that were kept: what ranks the rows
   * @param top1 on the evaluated photos
   * @param top1Interval 95 % interval: Wilson's of one training, of several seeds' mean {@link
   *     SeedBootstrap#mean}
   * @param top5 on the evaluated photos
   * @param macroF1 on the evaluated photos
   * @param difference of top-1 to the leading row, by {@link SeedBootstrap#difference}; empty for
   *     that row
   * @param pValue of McNemar's exact test against the leading row; empty for that row, and where
   *     either has several trainings
   */
  public record Figures(
      long parameters,
      double epochs,
      double minutes,
      Spread validationTop1,
      Spread top1,
      Interval top1Interval,
      Spread top5,
      Spread macroF1,
      Optional<SeedBootstrap.Difference> difference,
      OptionalDouble pValue) {}

  /** Copies lists and maps. */
  public LeaderBoardRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    runs = List.copyOf(runs);
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }
}
