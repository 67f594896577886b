package org.food4j.train.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.McNemar;
import org.food4j.train.loop.EpochMetrics;
import org.food4j.train.recipe.RecipeFile;

/**
 * How a run that repeats another differs from it.
 *
 * @param recipe settings that differ, by key
 * @param figures what the runs came to, all of them whether they differ or not
 * @param answers evaluated photos that were given another label
 * @param photos that both evaluated
 * @param provenance what else differs: versions, processor, threads and so on, by key; not where
 *     the data set lies
 */
public record RunComparison(
    Map<String, Change> recipe,
    List<Figure> figures,
    int answers,
    int photos,
    Map<String, Change> provenance) {
  /**
   * A fact that is not the same.
   *
   * @param original {@code "absent"} where the original says nothing of it
   * @param repeat {@code "absent"} where the repeat says nothing of it
   */
  public record Change(String original, String repeat) {}

  /** A figure of both runs. */
  public record Figure(String name, double original, double repeat) {
    /** The repeat's less the original's. */
    public double difference() {
      return repeat - original;
    }

    /** Whether it is the same number, to the last bit. */
    public boolean isEqual() {
      return Double.compare(original, repeat) == 0;
    }
  }

  private static final String ABSENT = "absent";

  /** Copies lists and maps. */
  public RunComparison {
    recipe = new LinkedHashMap<>(recipe);
    figures = List.copyOf(figures);
    provenance = new LinkedHashMap<>(provenance);
  }

  /**
   * Compares two finished runs.
   *
   * @throws IllegalArgumentException if they were evaluated on different photos
   * @throws RunException if one is broken or not finished
   */
  public static RunComparison of(RunDirectory original, RunDirectory repeat) throws IOException {
    Evaluation one = original.evaluation();
    Evaluation other = repeat.evaluation();
    int same = (int) Math.round(McNemar.of(one, other).agreement() * one.photos());
    return new RunComparison(
        changes(
            RecipeFile.describe(original.recipe()), RecipeFile.describe(repeat.recipe()), Set.of()),
        figures(original.metrics(), repeat.metrics(), one, other),
        one.photos() - same,
        one.photos(),
        changes(
            original.provenance().facts(),
            repeat.provenance().facts(),
            Set.of(Provenance.DATASET, "seed")));
  }

  private static List<Figure> figures(
      List<EpochMetrics> before, List<EpochMetrics> after, Evaluation one, Evaluation other) {
    EpochMetrics last = before.get(before.size() - 1);
    EpochMetrics lastAgain = after.get(after.size() - 1);
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("epochs", before.size(), after.size()));
    figures.add(new Figure("train_loss", last.trainLoss(), lastAgain.trainLoss()));
    figures.add(new Figure("validation_loss", last.validationLoss(), lastAgain.validationLoss()));
    figures.add(new Figure("validation_top1", last.validationTop1(), lastAgain.validationTop1()));
    if (one.settings().temperature() == other.settings().temperature()) {
      figures.add(new Figure(one.split() + "_loss", one.loss(), other.loss()));
    } // a run that was calibrated afterwards has another loss with the same weights
    figures.add(new Figure(one.split() + "_top1", one.top1(), other.top1()));
    figures.add(new Figure(one.split() + "_top5", one.top5(), other.top5()));
    return figures;
  }

  private static Map<String, Change> changes(
      Map<String, String> original, Map<String, String> repeat, Set<String> except) {
    Set<String> keys = new LinkedHashSet<>(original.keySet());
    keys.addAll(repeat.keySet());
    keys.removeAll(except);
    Map<String, Change> changes = new LinkedHashMap<>();
    for (String key : keys) {
      Change change =
          new Change(original.getOrDefault(key, ABSENT), repeat.getOrDefault(key, ABSENT));
      if (!change.original().equals(change.repeat())) {
        changes.put(key, change);
      }
    }
    return changes;
  }

  /** Whether all figures are the same, to the last bit, and all answers. */
  public boolean isEqual() {
    return answers == 0 && figures.stream().allMatch(Figure::isEqual);
  }
}
